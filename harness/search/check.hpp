#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/result.hpp>
#include <crumbproof/search/shard.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::search {

/// Virtual time between two messages of a conversation unless the script says otherwise. Three fit
/// into the time that a webhook can be in flight (run::kLongestInFlight).
inline constexpr Duration kDefaultGap{7'000};

/// A conversation in given words. Messages are in the order of their times.
struct Script {
  std::string name;               ///< for reports
  std::vector<Message> messages;  ///< at least one
  bool own_channel = false;       ///< it says by itself on which channel it comes
  bool own_country = false;       ///< likewise from which country
  std::size_t line = 0;           ///< of the scenario file, from 1; 0: it is not from one
};

enum class Strategy : std::uint8_t {
  /// Exhaustive while it fits the budget, then random; what is likeliest to fail is tried ahead.
  automatic,
  exhaustive,  ///< in order of size until the budget is used up
  random,
};

/// What to look for, where and how long.
struct CheckSettings {
  /// Conversations to try as they are, and each of their beginnings.
  std::vector<Script> scripts;
  std::vector<std::string> alphabet;  ///< bodies from which further conversations are made
  Origin origin;                      ///< of those conversations

  /// Of a conversation made from the alphabet, and where longer scripts are cut. Not given: 4 for
  /// an alphabet, and scripts whole.
  std::optional<std::size_t> max_messages;
  std::size_t max_faults = 2;  ///< in a schedule

  /// How often a schedule is run in which nothing but requests in flight together is at fault,
  /// since what comes of it depends on the app's own timing. From 1.
  std::size_t overlap_tries = 5;
  /// So many orders of its handlers are tried for each conversation of an app in simulated time,
  /// and for each two or three requests of it in flight together (docs/simulated-time.md).
  std::size_t handler_orders = 50;
  faults::Kinds kinds;                      ///< that may strike
  properties::Properties properties;        ///< that must hold
  Strategy strategy = Strategy::automatic;  ///< in which way schedules are gone through
  std::uint64_t budget = 20'000;            ///< deliveries
  std::uint64_t seed = 1;                   ///< of all that is drawn
  std::vector<std::string> ignore;  ///< regular expressions of what does not count in replies
  bool keep_going = false;          ///< on to one counterexample for each property
  /// Only this part of the search is run and taken to account; nothing: all of it.
  std::optional<Shard> shard = {};
};

/// How far a check is.
struct Progress {
  std::uint64_t deliveries = 0;       ///< to the app so far
  std::uint64_t schedules = 0;        ///< judged so far
  std::uint64_t schedules_known = 0;  ///< in the search as far as it is planned; 0: no end is known
  std::size_t faults = 0;             ///< of the schedules now tried
  std::size_t found = 0;              ///< counterexamples so far
  bool resuming = false;              ///< it is still on the way that was recorded
};

/// Who wants to know how a check goes on.
class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  /// Called after each schedule.
  virtual void on_progress(const Progress& /*progress*/) {}
  /// The first failing schedule, before it is confirmed and made smaller.
  virtual void on_failure(const Schedule& /*schedule*/, const properties::Difference& /*seen*/) {}
  /// What a user should know at once, in a sentence; no result depends on it.
  virtual void on_notice(const std::string& /*notice*/) {}
  /// Asked after each schedule; true: on_partial_result() is called.
  [[nodiscard]] virtual bool wants_partial_result() { return false; }
  /// What is known so far, as inconclusive as long as nothing is found.
  virtual void on_partial_result(const CheckResult& /*so_far*/) {}
  /// Asked after each execution; true ends the check with what is known by then.
  [[nodiscard]] virtual bool wants_stop() { return false; }
};

/// The main job: judges the app behind the runner. Throws BadInput for settings that make no sense
/// (no conversation at all, an --ignore that is no regular expression); what the app does wrong is
/// in the result.
CheckResult check(const CheckSettings& settings, run::Runner& runner, Observer& observer);

}  // namespace crumbproof::search
