#include <crumbproof/listening/own_site.hpp>
#include <crumbproof/twilio/ascii.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::listening {

namespace {

std::string_view header(const Request& request, std::string_view name) {
  return twilio::find_header(request.headers, name).value_or("");
}

/// A second Host is a way to be two things to two readers.
bool has_one_host(const Request& request) {
  return std::ranges::count(request.headers, std::string("host"), [](const twilio::Field& field) {
           return twilio::lower_case(field.name);
         }) == 1;
}

}  // namespace

std::optional<std::string> refusal(const Request& request, std::uint16_t port) {
  const std::string_view host = header(request, "Host");
  const std::array own{fmt::format("127.0.0.1:{}", port), fmt::format("localhost:{}", port)};
  if (!has_one_host(request) || std::ranges::find(own, host) == own.end()) {
    return fmt::format("the Host is not {}", own.front());
  }
  const auto origin = twilio::find_header(request.headers, "Origin");
  if (origin && *origin != fmt::format("http://{}", host)) return "the Origin is another site";
  return std::nullopt;
}

bool comes_from_another_site(const Request& request) {
  const std::string_view site = header(request, "Sec-Fetch-Site");
  return !site.empty() && site != "same-origin";
}

}  // namespace crumbproof::listening
