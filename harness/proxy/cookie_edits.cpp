#include <crumbproof/faults/forgery.hpp>
#include <crumbproof/proxy/cookie_edits.hpp>
#include <crumbproof/twilio/ascii.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace crumbproof::proxy {

namespace {

constexpr std::string_view kCookie = "Cookie";

std::vector<std::string_view> split(std::string_view cookies) {
  std::vector<std::string_view> parts;
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    const std::string_view part = twilio::trim(cookies.substr(0, end));
    if (!part.empty()) parts.push_back(part);
    cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
  }
  return parts;
}

std::string name_of(std::string_view cookie) {
  return std::string(cookie.substr(0, cookie.find('=')));
}

void add_cookie(std::string& cookies, std::string_view cookie) {
  if (!cookies.empty()) cookies += "; ";
  cookies += cookie;
}

/// Beyond so many cookies a subset is a single one.
constexpr std::size_t kMostInSubsets = 16;

}  // namespace

std::string cookies_of(const Head& head) {
  std::string cookies;
  for (const std::string_view value : head.values(kCookie)) {
    if (!value.empty()) add_cookie(cookies, value);
  }
  return cookies;
}

void put_cookies(Head& head, const std::string& cookies) {
  const std::string there = cookies_of(head);
  if (cookies == there) return;
  if (cookies.empty()) {
    head.take(kCookie);
  } else if (there.empty()) {
    head.take(kCookie);
    head.append({"Cookie: " + cookies + "\r\n"});
  } else {
    head.replace(kCookie, cookies);
  }
}

std::uint64_t subsets_of(const std::string& cookies) {
  const std::size_t count = split(cookies).size();
  if (count < 2) return 0;
  if (count > kMostInSubsets) return count;
  return (std::uint64_t{1} << count) - 2;
}

EditedCookies withhold_some(const std::string& cookies, std::uint64_t drawn) {
  const auto parts = split(cookies);
  EditedCookies edited;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    const bool withheld =
        parts.size() > kMostInSubsets ? n == drawn : (((drawn + 1) >> n) & 1U) != 0;
    if (withheld) {
      edited.names.push_back(name_of(parts[n]));
    } else {
      add_cookie(edited.cookies, parts[n]);
    }
  }
  return edited;
}

EditedCookies forge_one(const std::string& cookies, std::uint64_t drawn) {
  constexpr std::uint64_t kWays = 2;
  const auto parts = split(cookies);
  EditedCookies edited;
  const std::size_t chosen = parts.empty() ? 0 : drawn / kWays % parts.size();
  for (std::size_t n = 0; n < parts.size(); ++n) {
    const std::size_t equals = parts[n].find('=');
    if (n != chosen || equals == std::string_view::npos) {
      add_cookie(edited.cookies, parts[n]);
      continue;
    }
    const std::string value(parts[n].substr(equals + 1));
    const std::string other = drawn % kWays == 0 ? faults::flipped(value) : faults::cut(value);
    if (other != value) edited.names.push_back(name_of(parts[n]));
    add_cookie(edited.cookies, name_of(parts[n]) + "=" + other);
  }
  return edited;
}

}  // namespace crumbproof::proxy
