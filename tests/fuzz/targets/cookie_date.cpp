#include <crumbproof/twilio/cookie_date.hpp>

#include <chrono>
#include <string>

#include <fmt/chrono.h>
#include <hold.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

constexpr sys_seconds kFirst = sys_days(year(1601) / 1 / 1);
constexpr sys_seconds kEnd = sys_days(year(10'000) / 1 / 1);
/// Years of two digits, as one of HTTP's forms has them, are these.
constexpr sys_seconds kFirstOfTwoDigits = sys_days(year(1970) / 1 / 1);
constexpr sys_seconds kEndOfTwoDigits = sys_days(year(2070) / 1 / 1);

}  // namespace

void fuzz_cookie_date(std::string_view input) {
  const auto date = twilio::parse_cookie_date(input);
  if (!date) return;
  hold(*date >= kFirst && *date < kEnd, "a date is of the years 1601 to 9999");
  const auto reads_back = [&](const std::string& text) {
    hold(twilio::parse_cookie_date(text) == date, text);
  };
  const auto tm = fmt::gmtime(date->time_since_epoch().count());
  reads_back(fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", tm));
  reads_back(fmt::format("{:%a %b %e %H:%M:%S %Y}", tm));
  if (*date >= kFirstOfTwoDigits && *date < kEndOfTwoDigits) {
    reads_back(fmt::format("{:%A, %d-%b-%y %H:%M:%S} GMT", tm));
  }
}

}  // namespace crumbproof::fuzz
