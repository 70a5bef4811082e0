#include <crumbproof/run/reply_rules.hpp>
#include <crumbproof/twilio/error_codes.hpp>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

namespace code = twilio::code;

constexpr std::size_t kMostReplies = 10;
constexpr std::size_t kMostInARow = 30;
constexpr Duration kSoon = std::chrono::seconds(30);

std::string warning_of(int error_code) {
  switch (error_code) {
    case code::kOptedOut:
      return fmt::format("{}: a reply is to someone who has opted out; Twilio does not send it",
                         error_code);
    case code::kTooManyReplies:
      return fmt::format("{}: a message has more than {} replies; the rest is not sent", error_code,
                         kMostReplies);
    default:
      return fmt::format(
          "{}: more than {} replies between two numbers, each within 30 s of the last; the next "
          "ones are not sent",
          error_code, kMostInARow);
  }
}

}  // namespace

void ReplyRules::heard(PairIndex pair, twilio::Keyword keyword) {
  if (keyword == twilio::Keyword::stop) states_[pair].opted_out = true;
  if (keyword == twilio::Keyword::start) states_[pair].opted_out = false;
}

std::vector<std::string> ReplyRules::judge(PairIndex pair, std::span<ReplyMessage> replies,
                                           std::size_t earlier, Instant now) {
  std::vector<std::string> warnings;
  State& state = states_[pair];
  for (ReplyMessage& reply : replies) {
    if (reply.error_code != 0) continue;
    reply.error_code = reason_against(state, reply, earlier, now);
    if (reply.error_code != 0) {
      warnings.push_back(warning_of(reply.error_code));
    } else {
      ++earlier;
    }
  }
  return warnings;
}

int ReplyRules::reason_against(State& state, const ReplyMessage& reply, std::size_t earlier,
                               Instant now) {
  if (earlier >= kMostReplies) return code::kTooManyReplies;
  const bool to_the_sender = reply.to.empty();
  if (!to_the_sender) return 0;
  if (state.opted_out) return code::kOptedOut;
  if (now < state.blocked_until) return code::kRepliesTooFast;
  state.in_a_row = state.in_a_row > 0 && now - state.last < kSoon ? state.in_a_row + 1 : 1;
  state.last = now;
  if (state.in_a_row > kMostInARow) {
    state.in_a_row = 0;
    state.blocked_until = now + kSoon;
    return code::kRepliesTooFast;
  }
  return 0;
}

}  // namespace crumbproof::run
