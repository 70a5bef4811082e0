#pragma once

#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// RFC 6265 section 5.1.3. Both are in lower case; an IPv6 address is without brackets. An IP
/// address matches only itself.
bool domain_matches(std::string_view host, std::string_view domain);

/// RFC 6265 section 5.1.4: the path of a cookie that was set without one by a request to
/// `request_path`.
std::string default_path(std::string_view request_path);

/// RFC 6265 section 5.1.4. An empty request path is the one that is requested for it, "/". Paths
/// are compared byte for byte, as both sides wrote them.
bool path_matches(std::string_view request_path, std::string_view cookie_path);

}  // namespace crumbproof::twilio
