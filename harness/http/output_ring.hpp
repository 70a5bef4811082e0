#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crumbproof::http {

/// The last bytes of what was written, in memory that processes forked later share: one of them
/// writes and another reads at any time, and neither waits for the other.
class OutputRing {
 public:
  static constexpr std::size_t kCapacity = 64 * std::size_t{1024};

  /// Throws std::system_error if there is no memory.
  OutputRing();
  ~OutputRing();
  OutputRing(const OutputRing&) = delete;
  OutputRing& operator=(const OutputRing&) = delete;

  void append(std::string_view bytes);
  /// The last kCapacity bytes, or all if there are less.
  [[nodiscard]] std::string contents() const;

 private:
  struct Shared;
  Shared* shared_ = nullptr;
};

}  // namespace crumbproof::http
