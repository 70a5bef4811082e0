#pragma once

#include <crumbproof/proxy/head.hpp>
#include <crumbproof/twilio/url.hpp>

#include <optional>

namespace crumbproof::proxy {

/// Whether a browser has sent the request for a page that is neither the app's, as its senders know
/// it by `public_url`, nor one of this machine. Who sends webhooks is no browser, and names no
/// page.
bool is_from_foreign_page(const Head& request, const std::optional<twilio::Url>& public_url);

}  // namespace crumbproof::proxy
