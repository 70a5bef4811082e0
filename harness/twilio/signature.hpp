#pragma once

#include <crumbproof/twilio/http.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::twilio {

/// X-Twilio-Signature (https://www.twilio.com/docs/usage/security#validating-requests):
/// base64 of HMAC-SHA1, keyed with the auth token, over the URL and then, for a form POST, the
/// decoded name and value of each parameter in byte order of the names. Of a repeated name each
/// distinct value counts once, in order. For a GET pass the URL with its query and no parameters.
std::string signature(std::string_view auth_token, std::string_view url,
                      std::vector<Field> parameters);

}  // namespace crumbproof::twilio
