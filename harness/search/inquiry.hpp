#pragma once

#include <crumbproof/search/check.hpp>
#include <crumbproof/search/judge.hpp>
#include <crumbproof/search/ledger.hpp>
#include <crumbproof/search/result.hpp>
#include <crumbproof/search/seen_behaviour.hpp>
#include <crumbproof/search/size.hpp>
#include <crumbproof/sim/hash.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::search {

/// A schedule that breaks properties still open.
struct Finding {
  Size size;
  Conversation conversation;
  std::vector<Fault> faults;
  Judged judged;
  std::vector<const properties::Property*> broken;  ///< the most telling first
  /// Deliveries until this failure was seen first, however much smaller it was made since.
  std::uint64_t found_after = 0;
};

/// A schedule, judged and taken to account.
struct Tried {
  Judged judged;
  Account account;
};

/// Why a strategy came back without a finding.
enum class Stop : std::uint8_t {
  done,      ///< it has tried all that it would
  budget,    ///< its deliveries are used up
  asked,     ///< the observer wants to stop
  unstable,  ///< the app varies by itself, so nothing more can be told
  broken,    ///< a conversation is answered badly with no fault at all
};

/// What the strategies of one check share: the judge, the properties still open, the account.
class Inquiry {
 public:
  /// All must outlive this object.
  Inquiry(const CheckSettings& settings, Judge& judge, Observer& observer);

  /// Runs one schedule and takes it to account, unless that is another shard's to do.
  Tried try_schedule(const Conversation& messages, run::ChoiceSource& choices, bool counts = true);
  /// Runs one schedule ahead of its turn: it is taken to account as what it needed here when it is
  /// tried.
  Tried scout_schedule(const Conversation& messages, run::ChoiceSource& choices);
  /// What the user should know of the runs so far goes to the observer.
  void tell_notices();
  /// Whether it is this shard's to take that schedule to account.
  [[nodiscard]] bool owns(std::span<const Message> messages, std::span<const Fault> faults) const;
  /// A finding if what was judged breaks an open property.
  [[nodiscard]] std::optional<Finding> finding(std::size_t conversation,
                                               const Conversation& messages, Judged judged) const;
  /// Tells the observer, before the finding is confirmed or made smaller.
  void announce(const Finding& finding);
  /// Whether to go on; if not, why.
  [[nodiscard]] std::optional<Stop> must_stop(std::uint64_t budget);
  /// Whether some open property can be broken by such a fault.
  [[nodiscard]] bool is_relevant(const Fault& fault) const;

  [[nodiscard]] const properties::Properties& open() const { return open_; }
  void close(const properties::Property& property);
  [[nodiscard]] Judge& judge() { return judge_; }
  [[nodiscard]] Observer& observer() { return observer_; }
  [[nodiscard]] const CheckSettings& settings() const { return settings_; }
  [[nodiscard]] Bounds& bounds() { return bounds_; }
  [[nodiscard]] const Bounds& bounds() const { return bounds_; }
  [[nodiscard]] Progress& progress() { return progress_; }
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
  /// Over the traces of all that was tried.
  [[nodiscard]] Hasher& traces() { return traces_; }
  [[nodiscard]] const Hasher& traces() const { return traces_; }
  /// What is wrong with the app when no fault is there, in a sentence.
  [[nodiscard]] const std::optional<std::string>& broken_without_fault() const {
    return broken_without_fault_;
  }
  /// Looks for what is wrong in an execution without faults.
  void inspect(const run::Executed& without_fault);

  /// What the runs have shown, for the warnings about weak tests.
  struct Seen {
    bool cookie_set = false;
    bool cookie_sent = false;
    bool replies_differ = false;
    bool mask_covers_reply = false;
    std::optional<std::string> first_reply;
  };
  [[nodiscard]] const Seen& seen() const { return seen_; }
  /// The conversations that the runs have shown.
  [[nodiscard]] const SeenBehaviour& behaviour() const { return behaviour_; }

 private:
  void warn(const std::vector<std::string>& warnings);
  void account(const run::Executed& executed);
  /// Whatever strategy has run it.
  Tried run(const Conversation& messages, run::ChoiceSource& choices);

  const CheckSettings& settings_;
  Judge& judge_;
  Observer& observer_;
  properties::Properties open_;
  Bounds bounds_;
  Progress progress_;
  std::vector<std::string> warnings_;
  Hasher traces_;
  std::optional<std::string> broken_without_fault_;
  Seen seen_;
  SeenBehaviour behaviour_;
  std::map<std::uint64_t, Asked> scouted_;  ///< schedules that needed the app, by what they are
};

}  // namespace crumbproof::search
