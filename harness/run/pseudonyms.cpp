#include <crumbproof/run/pseudonyms.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

/// One pass over the text: at each place the first entry whose `from` begins there is replaced.
template <class Entries, class From, class To>
std::string replace(std::string_view text, const Entries& entries, From from, To to) {
  std::string first_characters;
  for (const auto& entry : entries) first_characters += (entry.*from).front();
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find_first_of(first_characters), text.size());
    result += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const auto entry = std::ranges::find_if(
        entries, [&](const auto& candidate) { return text.starts_with(candidate.*from); });
    if (entry == entries.end()) {
      result += text.front();
      text.remove_prefix(1);
    } else {
      result += (*entry).*to;
      text.remove_prefix(((*entry).*from).size());
    }
  }
  return result;
}

}  // namespace

void Pseudonyms::add(std::string real, std::string name) {
  if (real.empty()) return;
  const auto place = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return entry.real.size() < real.size(); });
  entries_.insert(place, {std::move(real), std::move(name)});
}

void Pseudonyms::add_number(const std::string& e164, const std::string& name) {
  add(e164, "{" + name + "}");
  if (!e164.starts_with('+')) return;
  const std::string digits = e164.substr(1);
  add("%2B" + digits, "{" + name + ":encoded}");
  add(digits, "{" + name + ":digits}");
  constexpr std::size_t kNanpDigits = 11;
  if (digits.size() != kNanpDigits || digits[0] != '1') return;
  const std::string area = digits.substr(1, 3);
  const std::string exchange = digits.substr(4, 3);
  const std::string line = digits.substr(7);
  add(area + exchange + line, "{" + name + ":national}");
  add(fmt::format("({}) {}-{}", area, exchange, line), "{" + name + ":written}");
  add(fmt::format("{}-{}-{}", area, exchange, line), "{" + name + ":dashed}");
}

std::string Pseudonyms::hide(std::string_view text) const {
  return replace(text, entries_, &Entry::real, &Entry::name);
}

std::string Pseudonyms::reveal(std::string_view text) const {
  return replace(text, entries_, &Entry::name, &Entry::real);
}

}  // namespace crumbproof::run
