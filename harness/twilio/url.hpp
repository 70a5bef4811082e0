#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// An absolute http or https URL, in parts that keep their encoding as written.
struct Url {
  std::string scheme;    ///< `http` or `https`
  std::string userinfo;  ///< `user:password`, never sent in the request line nor signed
  std::string host;      ///< lower case; an IPv6 address without its brackets
  std::optional<std::uint16_t> port;  ///< only if written
  std::string path;                   ///< at least "/" as requested; empty if the URL had none
  std::string query;                  ///< without the '?'
  bool has_query = false;             ///< there is a '?', be the query empty or not
  std::string fragment;               ///< without the '#': Twilio's connection overrides

  /// Reads a URL. Throws BadInput, saying what is wrong with it, for anything else than an absolute
  /// http or https URL with a host and a port from 1 to 65535.
  static Url parse(std::string_view text);
  /// RFC 3986 section 5.2: what `reference` means in a document at this URL. Throws BadInput as
  /// parse does.
  [[nodiscard]] Url resolve(std::string_view reference) const;

  /// Scheme, host, port as written, path and query as written: what is signed and configured.
  [[nodiscard]] std::string without_user_and_fragment() const;
  /// Path and query for the request line; "/" for an empty path.
  [[nodiscard]] std::string request_target() const;
  /// Host and the port if it is written, for the Host header; IPv6 in brackets.
  [[nodiscard]] std::string host_header() const;
  /// The port to connect to: 80 or 443 if none is written.
  [[nodiscard]] std::uint16_t effective_port() const;

  friend bool operator==(const Url&, const Url&) = default;
};

/// Whether a connection to this host stays on this machine: localhost, 127.0.0.0/8, ::1.
bool is_loopback(std::string_view host);

}  // namespace crumbproof::twilio
