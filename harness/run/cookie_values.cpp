#include <crumbproof/run/cookie_values.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/set_cookie.hpp>

#include <optional>
#include <variant>

namespace crumbproof::run {

namespace {

bool is_set_cookie(const twilio::Field& header) {
  return twilio::lower_case(header.name) == "set-cookie";
}

std::optional<std::pair<std::string, std::string>> name_and_value(const twilio::Field& header) {
  auto parsed = twilio::parse_set_cookie(header.value);
  auto* cookie = std::get_if<twilio::SetCookie>(&parsed);
  if (cookie == nullptr) return std::nullopt;
  return std::pair{std::move(cookie->name), std::move(cookie->value)};
}

/// The header's content with another name and value before its attributes.
std::string replace(const std::string& header, const std::string& name, const std::string& value) {
  const std::size_t attributes = header.find(';');
  return name + "=" + value +
         (attributes == std::string::npos ? std::string() : header.substr(attributes));
}

}  // namespace

std::vector<std::uint32_t> CookieValues::number(const std::vector<twilio::Field>& headers) {
  std::vector<std::uint32_t> numbers;
  for (const twilio::Field& header : headers) {
    if (!is_set_cookie(header)) continue;
    const auto cookie = name_and_value(header);
    if (!cookie) {
      numbers.push_back(0);
      continue;
    }
    const auto next = static_cast<std::uint32_t>(numbers_.size() + 1);
    const auto [entry, is_new] = numbers_.emplace(*cookie, next);
    if (is_new) values_.emplace(next, *cookie);
    numbers.push_back(entry->second);
  }
  return numbers;
}

std::vector<twilio::Field> CookieValues::adopt(std::vector<twilio::Field> headers,
                                               const std::vector<std::uint32_t>& numbers) {
  std::size_t position = 0;
  for (twilio::Field& header : headers) {
    if (!is_set_cookie(header)) continue;
    const std::uint32_t number = numbers.at(position++);
    const auto cookie = name_and_value(header);
    if (!cookie) continue;
    auto known = values_.find(number);
    if (known == values_.end()) {
      // The other execution may have drawn a value that is another one's here.
      NameAndValue own = *cookie;
      while (!numbers_.emplace(own, number).second) own.second += '~';
      known = values_.emplace(number, std::move(own)).first;
    }
    if (known->second != *cookie) {
      header.value = replace(header.value, known->second.first, known->second.second);
    }
  }
  return headers;
}

std::uint32_t CookieValues::number_of(const std::string& name, const std::string& value) const {
  return numbers_.at({name, value});
}

}  // namespace crumbproof::run
