#include <crumbproof/report/excerpt.hpp>

#include <algorithm>
#include <cstddef>

namespace crumbproof::report {

namespace {

/// In bytes.
constexpr std::size_t kLongest = 600;
constexpr std::size_t kBeforeDifference = 60;
constexpr std::string_view kEllipsis = "…";

/// The start of the UTF-8 character that `at` is in.
std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) --at;
  return at;
}

std::string cut(std::string_view text, std::size_t from) {
  from = character_start(text, from);
  std::string shown(from > 0 ? kEllipsis : "");
  if (text.size() - from <= kLongest) return shown + std::string(text.substr(from));
  const std::size_t end = character_start(text, from + kLongest);
  return shown + std::string(text.substr(from, end - from)) + std::string(kEllipsis);
}

}  // namespace

std::string excerpt(std::string_view text) { return cut(text, 0); }

std::pair<std::string, std::string> excerpts(std::string_view one, std::string_view other) {
  const auto same = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  const std::size_t from =
      std::max(one.size(), other.size()) <= kLongest || same < kLongest - kBeforeDifference
          ? 0
          : same - kBeforeDifference;
  return {cut(one, from), cut(other, from)};
}

}  // namespace crumbproof::report
