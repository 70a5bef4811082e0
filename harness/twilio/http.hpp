#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::twilio {

/// A header field or a form parameter, decoded.
struct Field {
  std::string name;   ///< as written; names of header fields do not differ by case
  std::string value;  ///< decoded

  friend bool operator==(const Field&, const Field&) = default;
};

/// The value of the first field of that name, byte for byte; nothing if there is none.
std::optional<std::string_view> find(const std::vector<Field>& fields, std::string_view name);
/// The same for header fields, whose names ignore ASCII case (RFC 9110 section 5.1).
std::optional<std::string_view> find_header(const std::vector<Field>& headers,
                                            std::string_view name);

/// One webhook request as Twilio makes it.
struct Request {
  std::string method;  ///< POST or GET
  std::string url;     ///< absolute, without user and fragment; of a GET with all parameters
  std::vector<Field> parameters;  ///< the webhook's parameters in wire order, decoded
  std::vector<Field> headers;     ///< in wire order; Host and Content-Length are the transport's

  /// The value of a parameter; empty if it is missing.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
  /// The value of a cookie that the request carries; nothing if it carries none of that name.
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
  /// What goes over the wire after the headers: the parameters as a form, or nothing for a GET.
  [[nodiscard]] std::string body() const;
};

/// What an app answers.
struct Response {
  int status = 200;            ///< of HTTP
  std::vector<Field> headers;  ///< in the order in which they are sent
  std::string body;            ///< as it is sent: TwiML, as a rule

  /// A 200 answer with that TwiML document.
  static Response twiml(std::string document);
  /// Adds a Set-Cookie header with that content, as in "sid=7; Path=/"; returns this response.
  Response& set_cookie(std::string content);
};

/// application/x-www-form-urlencoded as Twilio sends it: UTF-8, a space as '+'.
std::string form_encode(const std::vector<Field>& fields);

}  // namespace crumbproof::twilio
