#include <crumbproof/run/cookie_values.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
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

std::uint64_t hash_of(std::string_view name, std::string_view value) {
  return Hasher().add(name).add(value).value();
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
      number = static_cast<std::uint32_t>(known_.size() + 1);
      learn(*number, {set->name, set->value});
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
    if (known_.size() < number || !known_[number - 1]) {
      // The other execution may have drawn a value that is another one's here.
      Known own{set->name, set->value};
      while (find(own.name, own.value)) own.value += '~';
      learn(number, std::move(own));
    }
    const std::optional<Known>& known = known_[number - 1];
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

void CookieValues::learn(std::uint32_t number, Known known) {
  constexpr std::size_t kFew = 64;
  if (known_.size() < number) known_.resize(number);
  known_[number - 1] = std::move(known);
  if (known_.size() <= kFew) return;
  const auto put = [&](std::size_t n) {
    if (const std::optional<Known>& one = known_[n - 1]) {
      by_hash_.emplace(hash_of(one->name, one->value), static_cast<std::uint32_t>(n));
    }
  };
  if (!by_hash_.empty()) {
    put(number);
    return;
  }
  for (std::size_t n = 1; n <= known_.size(); ++n) put(n);
}

std::optional<std::uint32_t> CookieValues::find(std::string_view name,
                                                std::string_view value) const {
  const auto is_it = [&](std::size_t number) {
    const std::optional<Known>& known = known_[number - 1];
    return known && known->name == name && known->value == value;
  };
  if (!by_hash_.empty()) {
    const auto [first, last] = by_hash_.equal_range(hash_of(name, value));
    const auto found = std::find_if(first, last, [&](const auto& e) { return is_it(e.second); });
    return found == last ? std::nullopt : std::optional(found->second);
  }
  for (std::size_t i = known_.size(); i > 0; --i) {
    if (is_it(i)) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

}  // namespace crumbproof::run
