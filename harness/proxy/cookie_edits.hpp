#pragma once

#include <crumbproof/proxy/head.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace crumbproof::proxy {

/// The content of all Cookie headers of a request as one; empty if there is none.
std::string cookies_of(const Head& head);
/// Puts these cookies in the place of those that the request has; none for an empty text. A request
/// that has these already stays as it is.
void put_cookies(Head& head, const std::string& cookies);

/// What is left of a request's cookies, and the names of those that an edit has struck.
struct EditedCookies {
  std::string cookies;
  std::vector<std::string> names;  ///< none: there was nothing to strike
};

/// Some of several cookies are withheld; which, `drawn` says, from 0 to the bound of
/// subsets_of() - 1.
EditedCookies withhold_some(const std::string& cookies, std::uint64_t drawn);
/// In how many ways some of these cookies, but not all, can be withheld; 0 for fewer than two.
std::uint64_t subsets_of(const std::string& cookies);
/// One cookie is altered: a bit flipped, or its last part cut off; `drawn` says which and how.
EditedCookies forge_one(const std::string& cookies, std::uint64_t drawn);

}  // namespace crumbproof::proxy
