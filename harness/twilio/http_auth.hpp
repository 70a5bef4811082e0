#pragma once

#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/url.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::twilio {

/// User and password of a webhook URL, decoded.
struct Credentials {
  std::string user;
  std::string password;
};

/// What a percent-encoded part of a URL stands for; the text itself if it is no such part.
std::string percent_decoded(std::string_view text);

/// The text as it can stand in any part of a URL; the characters of `kept` stay as they are.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

/// Those of `https://user:password@host/`; nothing if the URL has none.
std::optional<Credentials> credentials_of(const Url& url);

/// What a Digest answer is made for (RFC 7616).
struct DigestRequest {
  std::string_view method;
  std::string_view target;  ///< path and query, as in the request line
  std::string_view cnonce;  ///< the client's nonce
};

/// The Authorization header that answers the challenge of a 401
/// (https://www.twilio.com/docs/usage/security#http-authentication): Digest (RFC 7616, MD5 and
/// SHA-256, with and without qop=auth) if it is offered, else Basic (RFC 7617). Nothing if the
/// answer offers neither with a realm.
std::optional<std::string> authorization(const std::vector<Field>& answer_headers,
                                         const Credentials& credentials,
                                         const DigestRequest& request);

}  // namespace crumbproof::twilio
