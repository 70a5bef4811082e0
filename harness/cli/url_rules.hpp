#pragma once

#include <crumbproof/twilio/url.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::cli {

/// An http or https URL, unchanged. Throws BadInput.
std::string checked_url(std::string text);
/// The same for a URL with {From} and {To} in it. Throws BadInput also for any other {name}.
std::string checked_probe(std::string text);

/// That URL for one pair of numbers or another.
twilio::Url probe_url(std::string_view text);

/// Why `what` cannot have that attack: the host is another machine.
std::string no_attack(std::string_view what, std::string_view attack, std::string_view host);

/// Where requests may go.
struct Reach {
  twilio::Url target;                     ///< where connections to the app go
  std::optional<twilio::Url> public_url;  ///< the URL that the app believes it has
  bool allow_remote = false;
  std::vector<std::string> confirmed;  ///< hosts on other machines, by name, that may be asked

  /// Whether the app is on another machine.
  [[nodiscard]] bool is_remote() const;
  /// Whether the URL is neither on this machine nor the app's own public one, which leads to the
  /// target.
  [[nodiscard]] bool leads_away(const twilio::Url& url) const;
  [[nodiscard]] bool is_confirmed(const twilio::Url& url) const;
  /// Throws BadInput that names `what` if the URL leads away and that is not allowed, or its host
  /// was not confirmed.
  void check(std::string_view what, const twilio::Url& url) const;
  /// Whether a redirect of the app may be followed there: to a host that was confirmed, or from
  /// this machine to this machine.
  [[nodiscard]] bool may_redirect_to(const twilio::Url& url) const;
};

}  // namespace crumbproof::cli
