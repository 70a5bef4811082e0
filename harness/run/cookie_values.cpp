#include <crumbproof/run/cookie_values.hpp>

#include <stdexcept>
#include <utility>
#include <variant>

namespace crumbproof::run {

namespace {

/// A Set-Cookie's content with another name and value before its attributes.
std::string replace(const std::string& content, const std::string& name, const std::string& value) {
  const std::size_t attributes = content.find(';');
  return name + "=" + value +
         (attributes == std::string::npos ? std::string() : content.substr(attributes));
}

/// The contents of the Set-Cookie fields, as they came.
std::vector<std::string> contents_of(const twilio::AnswerCookies& cookies) {
  std::vector<std::string> contents;
  for (twilio::Field& field : cookies.fields()) {
    if (twilio::is_set_cookie(field)) contents.push_back(std::move(field.value));
  }
  return contents;
}

}  // namespace

std::vector<std::uint32_t> CookieValues::number(const twilio::AnswerCookies& cookies) {
  std::vector<std::uint32_t> numbers;
  for (const auto& cookie : cookies.cookies()) {
    const auto* set = std::get_if<twilio::SetCookie>(&cookie);
    if (set == nullptr) {
      numbers.push_back(0);
      continue;
    }
    auto number = find(set->name, set->value);
    if (!number) {
      known_.emplace_back(Known{set->name, set->value});
      number = static_cast<std::uint32_t>(known_.size());
    }
    numbers.push_back(*number);
  }
  return numbers;
}

twilio::AnswerCookies CookieValues::adopt(const twilio::AnswerCookies& cookies,
                                          const std::vector<std::uint32_t>& numbers) {
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < cookies.cookies().size(); ++i) {
    const std::uint32_t number = numbers.at(i);
    const auto* set = std::get_if<twilio::SetCookie>(&cookies.cookies()[i]);
    if (set == nullptr) continue;
    if (known_.size() < number) known_.resize(number);
    std::optional<Known>& known = known_[number - 1];
    if (!known) {
      // The other execution may have drawn a value that is another one's here.
      Known own{set->name, set->value};
      while (find(own.name, own.value)) own.value += '~';
      known = std::move(own);
    }
    if (known->name == set->name && known->value == set->value) continue;
    if (changed.empty()) changed = contents_of(cookies);
    changed[i] = replace(changed[i], known->name, known->value);
  }
  return changed.empty() ? cookies : cookies.with(changed);
}

std::uint32_t CookieValues::number_of(std::string_view name, std::string_view value) const {
  if (const auto number = find(name, value)) return *number;
  throw std::out_of_range("no answer has set such a cookie");
}

std::optional<std::uint32_t> CookieValues::find(std::string_view name,
                                                std::string_view value) const {
  for (std::size_t i = known_.size(); i > 0; --i) {
    const std::optional<Known>& known = known_[i - 1];
    if (known && known->name == name && known->value == value) {
      return static_cast<std::uint32_t>(i);
    }
  }
  return std::nullopt;
}

}  // namespace crumbproof::run
