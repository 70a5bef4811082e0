#include <crumbproof/twilio/answer_cookies.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/cookie_date.hpp>

#include <utility>

namespace crumbproof::twilio {

bool is_set_cookie(const Field& field) { return lower_case(field.name) == "set-cookie"; }

AnswerCookies::AnswerCookies(std::span<const Field> headers) {
  auto read = std::make_shared<Read>();
  bool dated = false;
  for (const Field& field : headers) {
    if (is_set_cookie(field)) {
      read->cookies.push_back(parse_set_cookie(field.value));
    } else if (lower_case(field.name) != "date") {
      continue;
    } else if (!std::exchange(dated, true)) {
      read->date = parse_cookie_date(field.value);
    }
    read->fields.push_back(field);
  }
  if (!read->fields.empty()) read_ = std::move(read);
}

std::span<const AnswerCookies::Cookie> AnswerCookies::cookies() const {
  return read_ ? std::span<const Cookie>(read_->cookies) : std::span<const Cookie>();
}

std::optional<std::chrono::sys_seconds> AnswerCookies::date() const {
  return read_ ? read_->date : std::nullopt;
}

std::vector<Field> AnswerCookies::fields() const {
  return read_ ? read_->fields : std::vector<Field>();
}

AnswerCookies AnswerCookies::with(std::span<const std::string> contents) const {
  std::vector<Field> fields = this->fields();
  auto content = contents.begin();
  for (Field& field : fields) {
    if (is_set_cookie(field)) field.value = *content++;
  }
  return AnswerCookies(fields);
}

}  // namespace crumbproof::twilio
