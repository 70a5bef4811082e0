#include <crumbproof/report/shaping_options.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace crumbproof::report {

namespace {

constexpr std::array<std::string_view, 5> kWhereabouts{"start", "before-each", "api-port", "cacert",
                                                       "request-timeout"};
constexpr const char* kPublicUrl = "public-url";

/// Scheme, host and port, as written: a probe's URL may hold {From}, which no parser of URLs takes.
std::string_view origin_of(std::string_view url) {
  const std::size_t slashes = url.find("://");
  if (slashes == std::string_view::npos) return url;
  return url.substr(0, std::min(url.find_first_of("/?#", slashes + 3), url.size()));
}

}  // namespace

std::map<std::string, std::string> shaping_options(
    const std::map<std::string, std::string>& options, const std::string& target) {
  const std::string_view app = origin_of(target);
  std::map<std::string, std::string> shaping;
  for (const auto& [name, value] : options) {
    if (std::ranges::find(kWhereabouts, name) != kWhereabouts.end()) continue;
    std::string& shape = shaping[name] = value;
    if (!app.empty() && origin_of(value) == app) shape.replace(0, app.size(), "{app}");
  }
  return shaping;
}

std::string url_of_app(const std::map<std::string, std::string>& options,
                       const std::string& target) {
  const auto url = options.find(kPublicUrl);
  return url == options.end() ? target : url->second;
}

}  // namespace crumbproof::report
