#pragma once

#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/url.hpp>

#include <string>

namespace crumbproof::http {

/// Appends the request as HTTP/1.1 writes it (RFC 9112 sections 2 and 3) in Twilio's order: Host,
/// the request's own headers as they are, and Content-Length last if it is a POST. Behind a proxy,
/// X-Forwarded-Proto and X-Forwarded-Host say what the URL was in front of it.
void append_request(const twilio::Request& request, const twilio::Url& url, bool behind_proxy,
                    std::string& bytes);

}  // namespace crumbproof::http
