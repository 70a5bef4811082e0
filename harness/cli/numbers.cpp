#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

/// Digits and nothing else; nothing for any other text, or too large a number.
std::optional<std::uint64_t> digits(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

std::optional<std::chrono::milliseconds> seconds(std::string_view text, std::uint64_t most) {
  constexpr std::size_t kDecimals = 3;
  const std::size_t point = text.find('.');
  const auto whole = digits(text.substr(0, point));
  if (!whole || *whole > most) return std::nullopt;
  std::uint64_t millis = *whole * 1000;
  if (point != std::string_view::npos) {
    std::string decimals(text.substr(point + 1));
    if (decimals.empty() || decimals.size() > kDecimals) return std::nullopt;
    decimals.resize(kDecimals, '0');
    const auto part = digits(decimals);
    if (!part) return std::nullopt;
    millis += *part;
  }
  return std::chrono::milliseconds(millis);
}

struct Unit {
  std::string_view name;
  std::int64_t millis;
};

constexpr std::array kUnits{Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000},
                            Unit{"s", 1000}, Unit{"ms", 1}};
constexpr std::int64_t kLongest = 366 * kUnits[0].millis;

std::optional<Duration> duration(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::size_t end_of_number = text.find_first_not_of(kDigits);
    if (end_of_number == std::string_view::npos) return std::nullopt;
    const auto number = digits(text.substr(0, end_of_number));
    text.remove_prefix(end_of_number);
    const std::string_view name = text.substr(0, text.find_first_of(kDigits));
    text.remove_prefix(name.size());
    while (next_unit < kUnits.size() && kUnits.at(next_unit).name != name) ++next_unit;
    if (!number || next_unit == kUnits.size()) return std::nullopt;
    const std::int64_t millis = kUnits.at(next_unit++).millis;
    if (*number > static_cast<std::uint64_t>((kLongest - total) / millis)) return std::nullopt;
    total += static_cast<std::int64_t>(*number) * millis;
  }
  return Duration(total);
}

}  // namespace

std::uint64_t parse_whole(std::string_view text, Range range) {
  const auto number = digits(text);
  if (!number || *number < range.least || *number > range.most) {
    throw BadInput(
        fmt::format("{:?} is no whole number from {} to {}", text, range.least, range.most));
  }
  return *number;
}

std::chrono::milliseconds parse_seconds(std::string_view text, Range range) {
  const auto time = seconds(text, range.most);
  if (!time || *time < std::chrono::seconds(range.least) ||
      *time > std::chrono::seconds(range.most) || time->count() == 0) {
    throw BadInput(
        range.least == 0
            ? fmt::format("{:?} is no number of seconds above 0 and up to {}", text, range.most)
            : fmt::format("{:?} is no number of seconds from {} to {}", text, range.least,
                          range.most));
  }
  return *time;
}

Duration parse_duration(std::string_view text) {
  const auto time = duration(text);
  if (!time) {
    throw BadInput(fmt::format(
        "{:?} is no span of time of up to 366 days; write it like 5s, 4h30m, 2m or 500ms", text));
  }
  return *time;
}

}  // namespace crumbproof::cli
