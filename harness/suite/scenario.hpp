#pragma once

#include <crumbproof/run/settings.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof {

/// What is said to the app, what may go wrong, and what must hold: the same as a scenario file and
/// the options of `crumbproof check`, with the same defaults. Each function returns the scenario,
/// so that they chain:
///
///     Scenario{}.say({"order", "2 large", "yes"}).max_faults(2)
class Scenario {
 public:
  Scenario();

  /// A conversation in these words, on a pair of its own, a message each 7 s.
  Scenario& say(const std::vector<std::string>& bodies);
  /// A conversation of given messages, in the order of their times, for all that say() cannot say:
  /// several pairs, pauses, media. The name is for reports.
  Scenario& script(std::string name, std::vector<Message> messages);
  /// Bodies of which all conversations of up to max_messages (default 4) are made.
  Scenario& alphabet(std::vector<std::string> bodies);
  /// At most so many in a conversation of the alphabet's; where longer scripts are cut.
  Scenario& max_messages(std::size_t messages);
  /// At most so many faults in a schedule; default 2.
  Scenario& max_faults(std::size_t faults);
  /// Names as in `--faults`, comma-separated. Throws BadInput for a name that is none.
  Scenario& faults(std::string_view names);
  /// Names as in `--properties`, comma-separated. Throws BadInput for a name that is none.
  Scenario& properties(std::string_view names);
  /// A regular expression (ECMAScript) of what does not count in replies. What is no regular
  /// expression makes the check throw BadInput.
  Scenario& ignore(std::string pattern);
  /// At most so many deliveries; default 20,000.
  Scenario& budget(std::uint64_t deliveries);
  /// Of an app in simulated time: so many orders of its handlers are tried for each conversation
  /// and for each requests in flight together; default 50.
  Scenario& handler_orders(std::size_t orders);
  /// Of all that is drawn by chance; default 1.
  Scenario& seed(std::uint64_t seed);
  /// Exhaustive, random, or the one and then the other (the default).
  Scenario& strategy(search::Strategy strategy);
  /// Look for one counterexample for each property instead of stopping at the first.
  Scenario& keep_going();
  /// Sign requests with this auth token (https://www.twilio.com/docs/usage/security).
  Scenario& sign_with(std::string auth_token);
  /// A URL of the app to GET after each execution, with {From} and {To} in it; its answer is part
  /// of what must not depend on cookies.
  Scenario& probe(std::string url);

  /// All settings of the search.
  [[nodiscard]] search::CheckSettings& search() { return search_; }
  /// Likewise, to read.
  [[nodiscard]] const search::CheckSettings& search() const { return search_; }
  /// All settings of Twilio's side; its webhook URL is taken from the App.
  [[nodiscard]] run::SenderSettings& sender() { return sender_; }
  /// Likewise, to read.
  [[nodiscard]] const run::SenderSettings& sender() const { return sender_; }

 private:
  search::CheckSettings search_;
  run::SenderSettings sender_;
};

/// Messages of one pair with these bodies, one each 7 s.
std::vector<Message> messages_saying(const std::vector<std::string>& bodies);

}  // namespace crumbproof
