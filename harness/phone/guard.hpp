#pragma once

#include <crumbproof/listening/server.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace crumbproof::phone {

/// Whom the page answers: itself, opened at this machine, and no other page in the same browser.
struct Guard {
  std::uint16_t port = 0;  ///< that is listened at
  std::string token;       ///< that the page was given

  /// Why the request is refused, in a sentence; nothing if it is not. The Host has to be this
  /// machine's own name (or a name that someone else's DNS leads here would do), an Origin the
  /// page's own. All but the page itself needs the token and may not come from another site.
  [[nodiscard]] std::optional<std::string> refusal(const listening::Request& request,
                                                   bool is_public) const;
};

/// The header that carries the token.
inline constexpr const char* kTokenHeader = "X-Crumbproof-Token";

}  // namespace crumbproof::phone
