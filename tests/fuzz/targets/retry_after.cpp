#include <crumbproof/twilio/retry_after.hpp>

#include <string>

#include <hold.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

void fuzz_retry_after(std::string_view input) {
  const auto wait = twilio::parse_retry_after(input);
  const bool is_whole = !input.empty() && input.size() <= 6 &&
                        input.find_first_not_of("0123456789") == std::string_view::npos;
  hold(!is_whole || wait.has_value(), "a whole number of seconds is understood");
  if (!wait) return;
  hold(*wait >= std::chrono::seconds(0) && *wait <= std::chrono::hours(1),
       "no one waits for more than an hour");
  hold(twilio::parse_retry_after(std::to_string(wait->count())) == wait, "it reads back the same");
}

}  // namespace crumbproof::fuzz
