#pragma once

#include <crumbproof/twilio/url.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace crumbproof::cli {

/// An http or https URL, unchanged. Throws BadInput.
std::string checked_url(std::string text);
/// The same for a URL with {From} and {To} in it. Throws BadInput also for any other {name}.
std::string checked_probe(std::string text);

/// That URL for one pair of numbers or another.
twilio::Url probe_url(std::string_view text);

/// Where requests may go.
struct Reach {
  twilio::Url target;                     ///< where connections to the app go
  std::optional<twilio::Url> public_url;  ///< the URL that the app believes it has
  bool allow_remote = false;

  /// Throws BadInput that names `what` if the URL is not on this machine (or the app's own public
  /// one, which leads to the target) and that is not allowed.
  void check(std::string_view what, const twilio::Url& url) const;
  /// Whether a redirect of the app may be followed there: to the app's own host, or from this
  /// machine to this machine.
  [[nodiscard]] bool may_redirect_to(const twilio::Url& url) const;
};

}  // namespace crumbproof::cli
