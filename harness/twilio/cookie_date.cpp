#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/cookie_date.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>

namespace crumbproof::twilio {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The production `delimiter`. Letters, digits, ':', other control characters and everything beyond
/// ASCII belong to tokens.
bool is_delimiter(char c) {
  return c == '\t' || (c >= ' ' && c <= '/') || (c >= ';' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

/// Takes the next token off `text`; empty when there is none left.
std::string_view take_token(std::string_view& text) {
  const auto begin = std::find_if_not(text.begin(), text.end(), is_delimiter);
  const auto end = std::find_if(begin, text.end(), is_delimiter);
  const std::string_view token(begin, end);
  text = std::string_view(end, text.end());
  return token;
}

/// Takes `least` to `most` digits off `text`; takes none if there are fewer.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  const std::string_view front = text.substr(0, most);
  const auto length = static_cast<std::size_t>(
      std::find_if_not(front.begin(), front.end(), is_digit) - front.begin());
  if (length < least) return std::nullopt;
  int number = 0;
  std::from_chars(front.data(), front.data() + length, number);
  text.remove_prefix(length);
  return number;
}

/// `[ non-digit *OCTET ]`: anything may follow the digits except one digit more.
bool ends_digits(std::string_view rest) { return rest.empty() || !is_digit(rest.front()); }

/// The productions `day-of-month` and `year`.
std::optional<int> match_number(std::string_view token, std::size_t least, std::size_t most) {
  const std::optional<int> number = take_number(token, least, most);
  return number && ends_digits(token) ? number : std::nullopt;
}

struct TimeOfDay {
  int hour;
  int minute;
  int second;
};

/// The production `time`, without its range.
std::optional<TimeOfDay> match_time(std::string_view token) {
  std::array<int, 3> fields{};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) {
      if (!token.starts_with(':')) return std::nullopt;
      token.remove_prefix(1);
    }
    const std::optional<int> field = take_number(token, 1, 2);
    if (!field) return std::nullopt;
    fields[i] = *field;
  }
  if (!ends_digits(token)) return std::nullopt;
  return TimeOfDay{fields[0], fields[1], fields[2]};
}

/// The production `month`: its number, from 1.
std::optional<unsigned> match_month(std::string_view token) {
  const auto* const month =
      std::find(kMonths.begin(), kMonths.end(), lower_case(token.substr(0, 3)));
  if (month == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(month - kMonths.begin()) + 1;
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_cookie_date(std::string_view text) {
  std::optional<TimeOfDay> time;
  std::optional<int> day;
  std::optional<unsigned> month;
  std::optional<int> year;

  // A token counts as the first thing still missing that it matches, so "06 94" is a day and a
  // year. Ranges are for the end: a token that matches but is out of range spoils the date.
  for (auto token = take_token(text); !token.empty(); token = take_token(text)) {
    if (!time && (time = match_time(token))) continue;
    if (!day && (day = match_number(token, 1, 2))) continue;
    if (!month && (month = match_month(token))) continue;
    if (!year) year = match_number(token, 2, 4);
  }
  if (!time || !day || !month || !year) return std::nullopt;

  if (*year <= 69) {
    *year += 2000;
  } else if (*year <= 99) {
    *year += 1900;
  }
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (*year < 1601 || !date.ok()) return std::nullopt;
  if (time->hour > 23 || time->minute > 59 || time->second > 59) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(time->hour) +
         std::chrono::minutes(time->minute) + std::chrono::seconds(time->second);
}

}  // namespace crumbproof::twilio
