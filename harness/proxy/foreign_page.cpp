#include <crumbproof/proxy/foreign_page.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <string>
#include <string_view>

namespace crumbproof::proxy {

namespace {

bool same_origin(const twilio::Url& one, const twilio::Url& other) {
  return one.scheme == other.scheme && one.host == other.host &&
         one.effective_port() == other.effective_port();
}

/// The page's own name counts only if it cannot be one that someone else's DNS leads here.
bool is_own_page(const std::string& origin, std::string_view host,
                 const std::optional<twilio::Url>& public_url) {
  try {
    const twilio::Url page = twilio::Url::parse(origin);
    if (public_url && same_origin(page, *public_url)) return true;
    return page.host_header() == host && twilio::is_loopback(page.host);
  } catch (const BadInput&) {  // as for "null"
    return false;
  }
}

}  // namespace

bool is_from_foreign_page(const Head& request, const std::optional<twilio::Url>& public_url) {
  const std::string_view site = request.value("Sec-Fetch-Site");
  if (site == "cross-site" || site == "same-site") return true;
  for (const std::string_view origin : request.values("Origin")) {
    if (!is_own_page(std::string(origin), request.value("Host"), public_url)) return true;
  }
  return false;
}

}  // namespace crumbproof::proxy
