#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/trace.hpp>
#include <crumbproof/twilio/keywords.hpp>

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::run {

/// Which replies Twilio sends, by who has opted out (21610), how many a message has (14109) and how
/// fast they follow one another (14107). One that is not sent gets its error code; it stays visible
/// all the same, since it is what the app did.
class ReplyRules {
 public:
  /// A message of that pair was sent to Twilio.
  void heard(PairIndex pair, twilio::Keyword keyword);
  /// Judges the replies that an answer brings; `earlier` of the same message came before them.
  /// Returns warnings for the app's author, each beginning with Twilio's code.
  std::vector<std::string> judge(PairIndex pair, std::span<ReplyMessage> replies,
                                 std::size_t earlier, Instant now);

 private:
  struct State {
    bool opted_out = false;
    std::size_t in_a_row = 0;  ///< replies, each soon after the one before
    Instant last;
    Instant blocked_until;
  };

  static int reason_against(State& state, const ReplyMessage& reply, std::size_t earlier,
                            Instant now);

  std::map<PairIndex, State> states_;
};

}  // namespace crumbproof::run
