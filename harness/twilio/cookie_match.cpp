#include <crumbproof/twilio/cookie_match.hpp>

#include <algorithm>
#include <cstddef>

namespace crumbproof::twilio {

namespace {

/// No top-level domain is a number, so a host that ends in one is an IPv4 address.
bool is_ip_address(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return true;
  const std::string_view last_label = host.substr(host.rfind('.') + 1);
  return !last_label.empty() &&
         last_label.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool domain_matches(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.' && !is_ip_address(host);
}

std::string default_path(std::string_view request_path) {
  if (!request_path.starts_with('/')) return "/";
  const std::size_t last_slash = request_path.rfind('/');
  return last_slash == 0 ? "/" : std::string(request_path.substr(0, last_slash));
}

bool path_matches(std::string_view request_path, std::string_view cookie_path) {
  if (request_path.empty()) request_path = "/";
  if (!request_path.starts_with(cookie_path)) return false;
  return request_path.size() == cookie_path.size() || cookie_path.ends_with('/') ||
         request_path[cookie_path.size()] == '/';
}

}  // namespace crumbproof::twilio
