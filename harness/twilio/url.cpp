#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

#include <boost/url/grammar/alnum_chars.hpp>
#include <boost/url/grammar/lut_chars.hpp>
#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

namespace crumbproof::twilio {

namespace {

/// RFC 3986 sections 2.1 to 2.3: what a URL consists of.
constexpr boost::urls::grammar::lut_chars kUrlCharacters =
    boost::urls::grammar::alnum_chars + boost::urls::grammar::lut_chars("-._~:/?#[]@!$&'()*+,;=%");

/// A URL as it may stand in an error message: on one line, of a bounded length, no password in it.
std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  std::string shown(text);
  if (const std::size_t slashes = shown.find("//"); slashes != std::string::npos) {
    const std::size_t user = slashes + 2;
    const std::size_t at = shown.substr(0, shown.find_first_of("/?#", user)).rfind('@');
    if (at != std::string::npos && at >= user) shown.replace(user, at - user, "...");
  }
  if (shown.size() > kLongest) shown.replace(kLongest, std::string::npos, "...");
  return fmt::format("{:?}", shown);
}

[[noreturn]] void refuse(std::string_view text, std::string_view what) {
  throw BadInput(fmt::format("{} {}", quoted(text), what));
}

std::string describe(char c) {
  if (c == ' ') return "a space";
  const auto byte = static_cast<unsigned char>(c);
  if (byte > ' ' && byte < 0x7f) return fmt::format("a '{}'", c);
  return fmt::format("the byte 0x{:02X}", byte);
}

void check_characters(std::string_view text) {
  const auto bad = std::ranges::find_if_not(
      text, [](char character) { return kUrlCharacters(static_cast<unsigned char>(character)); });
  if (bad == text.end()) return;
  refuse(text, fmt::format("has {} in it, which a URL writes as %{:02X}", describe(*bad),
                           static_cast<unsigned char>(*bad)));
}

/// The parts of a URL or of a reference; they point into the text.
boost::urls::url_view split(std::string_view text) {
  check_characters(text);
  const auto parts = boost::urls::parse_uri_reference(text);
  if (!parts) {
    refuse(text, "is no valid URL: check '%', '#', '[' and ']', which have a meaning of their own");
  }
  return *parts;
}

/// Where the host of a URL stands in its text, if it is a name that begins like an IPv4 address, as
/// 127.0.0.1.example: Boost.URL 1.81 takes the beginning for that address, and calls the rest a
/// path.
std::optional<std::size_t> cut_host(std::string_view text, const boost::urls::url_view& parts) {
  const std::string_view rest = parts.encoded_path();
  if (parts.host_type() != boost::urls::host_type::ipv4 || parts.has_port() || rest.empty() ||
      rest.starts_with('/')) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(parts.encoded_host_address().data() - text.data());
}

std::uint16_t parse_port(std::string_view url, std::string_view port) {
  unsigned number = 0;
  const char* const end = port.data() + port.size();
  const auto read = std::from_chars(port.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 1 ||
      number > std::numeric_limits<std::uint16_t>::max()) {
    refuse(url, "has a bad port; it has to be a number from 1 to 65535");
  }
  return static_cast<std::uint16_t>(number);
}

/// RFC 3986 section 5.2.4, without touching the encoding of what stays.
std::string remove_dot_segments(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const std::size_t next = path.find('/', 1);
    const std::string_view segment = path.substr(0, next);
    const bool last = next == std::string_view::npos;
    path.remove_prefix(segment.size());
    if (segment == "/.") {
      if (last) result += '/';
    } else if (segment == "/..") {
      result.erase(std::min(result.rfind('/'), result.size()));
      if (last) result += '/';
    } else {
      result += segment;
    }
  }
  return result;
}

}  // namespace

Url Url::parse(std::string_view text) {
  const std::string scheme = lower_case(text.substr(0, text.find(':')));
  if ((scheme != "http" && scheme != "https") || scheme.size() == text.size()) {
    refuse(text, "is no http or https URL; one like http://127.0.0.1:3000/sms is expected");
  }
  boost::urls::url_view parts = split(text);
  std::string with_letter;
  if (const auto at = cut_host(text, parts)) {
    // Behind a letter it is read as the name that it is.
    with_letter = std::string(text).insert(*at, 1, 'n');
    parts = split(with_letter);
  }
  if (parts.encoded_host_address().empty()) {
    refuse(text, "names no host; a URL like http://127.0.0.1:3000/sms is expected");
  }
  const std::string_view path = parts.encoded_path();
  // Boost.URL 1.81 ends the authority where a port ends to be one, and calls the rest a path.
  if (!path.empty() && !path.starts_with('/')) {
    refuse(text, parts.has_port() ? "has a bad port; it has to be a number from 1 to 65535"
                                  : "has a bad host; no '@' or ']' may stand in it");
  }
  if (parts.host_type() == boost::urls::host_type::ipvfuture) {
    refuse(text, "has no IPv6 address in its brackets");
  }

  Url url;
  url.scheme = scheme;
  url.userinfo = parts.encoded_userinfo();
  url.host = lower_case(parts.encoded_host_address()).substr(with_letter.empty() ? 0 : 1);
  if (parts.has_port()) url.port = parse_port(text, parts.port());
  url.path = path;
  url.query = parts.encoded_query();
  url.has_query = parts.has_query();
  url.fragment = parts.encoded_fragment();
  return url;
}

Url Url::resolve(std::string_view reference) const {
  const boost::urls::url_view parts = split(reference);
  if (parts.has_scheme() || parts.has_authority()) {
    Url absolute = parse(parts.has_scheme() ? std::string(reference)
                                            : fmt::format("{}:{}", scheme, reference));
    absolute.path = remove_dot_segments(absolute.path);
    return absolute;
  }
  Url url = *this;
  const std::string_view relative = parts.encoded_path();
  if (!relative.empty()) {
    const std::string_view folder = std::string_view(path).substr(0, path.rfind('/') + 1);
    url.path = remove_dot_segments(relative.starts_with('/') ? std::string(relative)
                                   : folder.empty()          ? fmt::format("/{}", relative)
                                                    : fmt::format("{}{}", folder, relative));
  }
  if (!relative.empty() || parts.has_query()) {
    url.query = parts.encoded_query();
    url.has_query = parts.has_query();
  }
  url.fragment = parts.encoded_fragment();
  return url;
}

std::string Url::without_user_and_fragment() const {
  return fmt::format("{}://{}{}{}{}", scheme, host_header(), path, has_query ? "?" : "", query);
}

std::string Url::request_target() const {
  return fmt::format("{}{}{}", path.empty() ? "/" : path, has_query ? "?" : "", query);
}

std::string Url::host_header() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return fmt::format("{}{}{}{}", ipv6 ? "[" : "", host, ipv6 ? "]" : "",
                     port ? fmt::format(":{}", *port) : "");
}

std::uint16_t Url::effective_port() const {
  constexpr std::uint16_t kHttp = 80;
  constexpr std::uint16_t kHttps = 443;
  return port.value_or(scheme == "https" ? kHttps : kHttp);
}

bool is_loopback(std::string_view host) {
  if (lower_case(host) == "localhost") return true;
  if (const auto ipv4 = boost::urls::parse_ipv4_address(host)) return ipv4->is_loopback();
  const auto ipv6 = boost::urls::parse_ipv6_address(host);
  return ipv6 && ipv6->is_loopback();
}

}  // namespace crumbproof::twilio
