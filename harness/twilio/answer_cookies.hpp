#pragma once

#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/set_cookie.hpp>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace crumbproof::twilio {

/// Whether that is a Set-Cookie field.
bool is_set_cookie(const Field& field);

/// What an answer says of cookies: its Set-Cookie fields and its Date, read once however often they
/// are stored. Copies share what was read.
class AnswerCookies {
 public:
  /// A Set-Cookie field, as RFC 6265 section 5.2 reads it.
  using Cookie = std::variant<SetCookie, RejectedCookie>;

  /// None, and no Date.
  AnswerCookies() = default;
  ///@{
  /// Those among the fields of an answer; of several Date fields the first counts.
  explicit AnswerCookies(std::span<const Field> headers);
  AnswerCookies(std::initializer_list<Field> headers)
      : AnswerCookies(std::span<const Field>(headers.begin(), headers.size())) {}
  ///@}

  /// The Set-Cookie fields in their order.
  [[nodiscard]] std::span<const Cookie> cookies() const;
  /// The app's own clock; nothing without a Date that can be read.
  [[nodiscard]] std::optional<std::chrono::sys_seconds> date() const;
  /// The fields as they came: Set-Cookie and Date.
  [[nodiscard]] std::vector<Field> fields() const;
  /// The same with other contents of the Set-Cookie fields, in their order, of which there have to
  /// be as many.
  [[nodiscard]] AnswerCookies with(std::span<const std::string> contents) const;

  /// Equal if the fields are.
  friend bool operator==(const AnswerCookies& one, const AnswerCookies& other) {
    if (one.read_ == other.read_) return true;
    return one.fields() == other.fields();
  }

 private:
  struct Read {
    std::vector<Field> fields;
    std::vector<Cookie> cookies;
    std::optional<std::chrono::sys_seconds> date;
  };

  std::shared_ptr<const Read> read_;  ///< null: nothing
};

}  // namespace crumbproof::twilio
