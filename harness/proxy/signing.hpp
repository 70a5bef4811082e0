#pragma once

#include <crumbproof/proxy/head.hpp>
#include <crumbproof/proxy/incoming.hpp>
#include <crumbproof/twilio/url.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace crumbproof::proxy {

/// What the X-Twilio-Signature of a webhook is worth.
enum class Signature : std::uint8_t {
  unknown,  ///< there is no token to tell by
  right,
  wrong,
  none,  ///< it is not signed
};

/// Tells signatures, and makes those that the app can check. Of its URLs scheme, host and port
/// count; path and query are those of each request.
class Signing {
 public:
  /// `token` may be empty. `public_url` is what the sender has signed; without one, http and what
  /// the Host header says. `app_url` is what the app believes to have.
  Signing(std::string token, const std::optional<twilio::Url>& public_url,
          const twilio::Url& app_url);

  [[nodiscard]] Signature check(const Head& head, const Incoming& incoming) const;
  /// Signs a webhook whose signature is right for the app's URL, where that is another.
  void sign_anew(Head& head, const Incoming& incoming) const;

 private:
  [[nodiscard]] std::string public_origin(const Head& head) const;
  [[nodiscard]] std::string made(const std::string& origin, const Head& head,
                                 const Incoming& incoming) const;

  std::string token_;
  std::string public_origin_;  ///< empty: what the Host header says
  std::string app_origin_;
};

}  // namespace crumbproof::proxy
