#pragma once

#include <crumbproof/run/execution.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::run {

/// A middle and a spread, in real time.
struct Spread {
  std::size_t samples = 0;             ///< how many times it is of
  std::chrono::nanoseconds lower{0};   ///< first quartile
  std::chrono::nanoseconds median{0};  ///< second quartile
  std::chrono::nanoseconds upper{0};   ///< third quartile
};

/// What cookies have done for the app's speed: the only good use that they have.
struct CookieWorth {
  Spread with;     ///< requests that carried cookies, all of them and up to date
  Spread without;  ///< the same requests without any, though there were some
  /// By how much a request with cookies is answered faster, compared with the very same request
  /// without; negative if it is slower.
  std::chrono::nanoseconds saved{0};
  bool buys_nothing =
      true;  ///< what is saved cannot be told from chance, or is too little to matter
};

/// How long the app took to answer, in real time. Never part of a trace or a verdict.
class ResponseTimes {
 public:
  /// Takes the answer to a request as a sample, if it is one that can be compared.
  void add(const AppRequest& request, std::chrono::nanoseconds took);
  /// Nothing if no request was answered often enough both with cookies and without.
  [[nodiscard]] std::optional<CookieWorth> worth() const;

 private:
  /// One kind of request: the same text to the same URL at the same place of a conversation.
  struct Samples {
    std::vector<std::chrono::nanoseconds> with;
    std::vector<std::chrono::nanoseconds> without;
  };

  std::map<std::string, Samples> samples_;
};

}  // namespace crumbproof::run
