#pragma once

#include <crumbproof/properties/difference.hpp>
#include <crumbproof/run/exchange_log.hpp>
#include <crumbproof/run/response_times.hpp>
#include <crumbproof/run/wire.hpp>
#include <crumbproof/search/behaviour_machine.hpp>
#include <crumbproof/search/proof.hpp>
#include <crumbproof/search/pruned.hpp>
#include <crumbproof/search/random_part.hpp>
#include <crumbproof/search/shard.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>
#include <crumbproof/twilio/http.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::search {

/// What is known of a property, or of the app as a whole.
enum class Verdict : std::uint8_t {
  pass,
  fail,
  inconclusive,  ///< the app varies by itself, or nothing could be run within the budget
  skipped,       ///< not looked into (properties), since the run stopped before
  error,         ///< the app could not be reached, or is broken with no fault (the whole only)
};

/// `pass`, `fail`, `inconclusive`, `skipped` or `error`, as in the JSON report.
std::string_view to_string(Verdict verdict);

/// What is known of one property.
struct PropertyVerdict {
  std::string name;                 ///< as in `--properties`
  Verdict verdict = Verdict::pass;  ///< never error
  std::string reason;               ///< one sentence; empty for a plain pass
};

/// A counterexample run once more to be shown, as it went over the wire.
struct ShownRun {
  Trace trace;           ///< what the app did this time
  bool alike = false;    ///< it did what the counterexample says, to the letter
  run::ExchangeLog log;  ///< with the numbers and cookie values of this run
  /// The same requests, by delivery, as they would come from numbers that the app has not met.
  std::map<DeliveryNumber, twilio::Request> afresh;
};

/// A schedule whose trace breaks a property, as small as could be made.
struct Counterexample {
  std::string property;               ///< that it breaks, by name
  bool certified = false;             ///< everything smaller was run or proved equivalent
  bool smallest_of_shard = false;     ///< likewise, as far as it belongs to the shard that found it
  Schedule schedule;                  ///< what to run to see it
  Trace actual;                       ///< what the app did under the faults
  Trace expected;                     ///< what it did as the fresh twin
  properties::Difference difference;  ///< the first one
  std::string cause;  ///< what made the difference, and what did not matter: a sentence or two
  int confirmed = 0;  ///< so many of
  int tries = 0;      ///< so many repetitions failed alike
  bool depends_on_timing = false;  ///< requests were in flight together: it need not fail each time
  std::uint64_t deliveries_until_found = 0;  ///< to the app, from the start of the check
  /// Only after show_counterexamples() (search/shown_run.hpp), and if the app could be reached
  /// then.
  std::optional<ShownRun> shown = {};
  std::optional<run::Wire> actual_wire = {};    ///< of `actual`, for reports
  std::optional<run::Wire> expected_wire = {};  ///< of `expected`, likewise
};

/// Orders drawn by PCT, of the conversation of most messages; of several the one drawn least.
struct PctBounds {
  std::size_t messages = 0;   ///< in the conversation
  std::size_t steps = 0;      ///< of a run, at most
  std::size_t depth = 0;      ///< how many ordering constraints a bug may need
  std::uint64_t runs = 0;     ///< orders drawn
  double chance_per_run = 0;  ///< at least, to find a bug of that depth in a deterministic app
  double confidence = 0;      ///< likewise, of all runs
};

/// The orders of triggers, arrivals and stores that were tried beyond max_faults.
struct InterleavingBounds {
  std::size_t in_flight = 0;  ///< every order of so many messages
  std::uint64_t tried = 0;    ///< that the app or the store can tell apart, drawn ones among them
  bool exhausted = false;     ///< of the longest conversations all were tried
  std::uint64_t trace_hash = 0;  ///< over what came of them, as that of the report
  std::optional<PctBounds> pct;  ///< where there are more messages

  /// Keeps the bounds that promise least, as this struct says.
  void add_pct(const PctBounds& bounds) {
    const bool weaker = !pct || pct->messages < bounds.messages ||
                        (pct->messages == bounds.messages && pct->runs > bounds.runs);
    if (weaker) pct = bounds;
  }
};

/// The orders of an app's handlers that were tried beyond max_faults, where it lives in simulated
/// time.
struct HandlerOrderBounds {
  std::uint64_t tried = 0;       ///< in all
  std::size_t orders_each = 0;   ///< of one conversation with the same requests in flight together
  bool complete = false;         ///< so many of each were tried
  std::uint64_t trace_hash = 0;  ///< over what came of them, as that of the report
};

/// What was searched, in schedules but for `offered` and `voided`, which count
/// alternatives at choice points.
struct Bounds {
  std::size_t max_messages = 0;  ///< in a conversation
  std::size_t max_faults = 0;    ///< in a schedule
  bool exhausted = false;        ///< every schedule within the bounds was run or proved equivalent
  std::uint64_t offered = 0;     ///< alternatives that made a difference where they came up
  run::VoidAlternatives voided;  ///< alternatives that made none
  std::uint64_t executed = 0;    ///< schedules that needed the app
  /// Schedules that needed it not: all their requests were known.
  std::uint64_t answered_from_cache = 0;
  /// Schedules that were run but say nothing: the twin got its messages in another order.
  std::uint64_t not_comparable = 0;
  std::optional<InterleavingBounds> interleavings = {};   ///< if races were looked for by order
  std::optional<HandlerOrderBounds> handler_orders = {};  ///< if the app's handlers were reordered
  /// What the drawn runs leave unknown; only of a pass, and never of an exhausted one.
  std::optional<RandomPart> random = {};
  Pruned pruned = {};  ///< what needed no execution of its own, by reason
};

/// What a shard of a search leaves behind, so that it can be joined with the others.
struct ShardPart {
  Shard shard;              ///< which one it is
  bool complete = false;    ///< every schedule of the shard was run or proved equivalent
  bool keep_going = false;  ///< CheckSettings::keep_going
  Proof part;               ///< of the shard's schedules, as far as it has come
};

/// What a check has cost.
struct Stats {
  std::uint64_t executions = 0;  ///< on the app: schedules, twins, controls and confirmations
  std::uint64_t deliveries = 0;  ///< requests that the app has received
  std::uint64_t pruned = 0;  ///< alternatives and schedules that needed no execution of their own
};

/// What `check` has found out.
struct CheckResult {
  Verdict verdict = Verdict::pass;  ///< of the check as a whole
  std::string reason;               ///< for error and inconclusive: what was seen, in one sentence
  /// Those that were looked at, in the order of the settings.
  std::vector<PropertyVerdict> properties;
  std::vector<Counterexample> counterexamples;  ///< one for each broken property that was found
  Bounds bounds;                                ///< how far the verdict reaches
  std::vector<std::string> masks;     ///< what does not count in replies, and why, a sentence each
  std::vector<std::string> warnings;  ///< for the app's author, a sentence each
  Stats stats;                        ///< what it has cost
  /// Real times, which no verdict depends on; nothing if too few requests can be compared.
  std::optional<run::CookieWorth> cookie_worth;
  std::uint64_t trace_hash = 0;         ///< equal for equal seed, settings and app behaviour
  std::optional<Proof> proof;           ///< of a pass whose bounds are exhausted
  std::optional<ShardPart> shard = {};  ///< of a check that is one of several
  /// The observer, or the app's failure, ended it before the search was done, or it goes on.
  bool unfinished = false;
  std::optional<BehaviourMachine> machine = {};  ///< what was seen of conversations, for reports
};

}  // namespace crumbproof::search
