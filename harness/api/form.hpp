#pragma once

#include <crumbproof/twilio/http.hpp>

#include <string_view>
#include <vector>

namespace crumbproof::api {

/// The fields of an application/x-www-form-urlencoded body, decoded, in their order; none if it is
/// no such body.
std::vector<twilio::Field> parse_form(std::string_view body);

}  // namespace crumbproof::api
