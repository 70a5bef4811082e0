#include <crumbproof/report/codes.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace crumbproof::report {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A code stands before its words, as in `12200: there is no verb <Sms>`.
void add_codes(std::string_view text, std::vector<const twilio::ErrorCode*>& codes) {
  constexpr std::size_t kDigits = 5;
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos;
       colon = text.find(':', colon + 1)) {
    std::size_t begin = colon;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    if (colon - begin != kDigits) continue;
    int number = 0;
    std::from_chars(text.data() + begin, text.data() + colon, number);
    const twilio::ErrorCode* const known = twilio::find_error_code(number);
    if (known != nullptr) codes.push_back(known);
  }
}

}  // namespace

std::vector<const twilio::ErrorCode*> codes_in(const search::CheckResult& result) {
  std::vector<const twilio::ErrorCode*> codes;
  add_codes(result.reason, codes);
  for (const std::string& warning : result.warnings) add_codes(warning, codes);
  for (const search::Counterexample& found : result.counterexamples) {
    add_codes(found.difference.expected, codes);
    add_codes(found.difference.actual, codes);
  }
  std::ranges::sort(codes, {}, &twilio::ErrorCode::code);
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

}  // namespace crumbproof::report
