#pragma once

#include <crumbproof/listening/server.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace crumbproof::listening {

/// Why a server on that port of 127.0.0.1 must not answer, in a sentence: the request is for
/// another name, which someone else's DNS leads here, or a page of another site has made a browser
/// send it. Nothing: it may.
std::optional<std::string> refusal(const Request& request, std::uint16_t port);

/// Whether a browser says that a page of another site has made it send the request.
bool comes_from_another_site(const Request& request);

}  // namespace crumbproof::listening
