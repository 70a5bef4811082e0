#pragma once

#include <crumbproof/faults/fault_kind.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/run/destination.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/shared.hpp>
#include <crumbproof/sim/trace.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/delivery_policy.hpp>
#include <crumbproof/twilio/url.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::run {

/// One webhook on its way to an outcome: a message's, or that of a duplicate of it. It takes one
/// delivery after the other: attempts, redirects, the fallback.
struct Webhook {
  MessageIndex message;
  PairIndex pair;
  std::uint32_t copy = 0;  ///< 0: the message itself; else one of the same words with its own SID
  Signing signing = Signing::right;
  Outcome outcome;

  Shared<Destination> destination;
  Text method;
  twilio::DeliveryPolicy policy;
  std::optional<twilio::FallbackReason> fallback;
  std::uint32_t token = 0;
  DeliveryKind kind = DeliveryKind::first;
  int documents = 1;
  int http_redirects = 0;

  int attempts = 0;
  int refused = 0;    ///< of the attempts
  int timed_out = 0;  ///< of the attempts, before there was a connection
  Instant first_attempt;
  std::size_t snapshot = 0;  ///< the store's version for all attempts of one request
  Instant snapshot_at;
};

/// One delivery between its trigger and what comes of it.
struct Flight {
  std::size_t webhook = 0;
  Instant triggered;
  std::optional<MessageIndex> held_back_until;                   ///< that message has arrived
  faults::DeliverEffect effect = faults::DeliverEffect::arrive;  ///< what strikes on the way
  std::vector<std::string> struck;  ///< the kinds of fault that struck before it arrived
  Place place;
  DeliveryNumber number;
  AppAnswer answer;
};

/// A status callback on its way: news of a message that the app has sent.
struct Callback {
  MessageIndex message;  ///< that the app sent it in answer to
  PairIndex pair;
  twilio::Url url;
  StatusNews news;
  Place place;
  std::uint32_t token = 0;
  Instant at;
  std::size_t overtaker = 0;  ///< the callback after this one, which can come before it; 0: none
  bool duplicate = false;
  bool held_back = false;
};

/// Set-Cookies that come too late.
struct LateWrite {
  /// What has to happen in the pair before they are stored.
  enum class Unit : std::uint8_t { triggers, triggers_and_stores };

  twilio::CookieWrite write;
  std::int64_t left = 0;  ///< so often
  Unit unit = Unit::triggers;
};

/// The cookies of one pair.
struct PairState {
  explicit PairState(twilio::CookieRules rules) : store(rules), perfect(rules) {}

  twilio::CookieStore store;    ///< as Twilio keeps them, and as faults leave them
  twilio::CookieStore perfect;  ///< all that the app has set, stored at once
  std::vector<LateWrite> late;

  /// A delivery was triggered, and has read the store: late writes come in after so many.
  void count_trigger() {
    for (LateWrite& entry : late) --entry.left;
    write_due();
  }
  /// An answer's cookies are stored, on time.
  void write(const twilio::CookieWrite& written) {
    store.write(written);
    count_store();
    write_due();
  }

 private:
  void count_store() {
    for (LateWrite& entry : late) {
      if (entry.unit == LateWrite::Unit::triggers_and_stores) --entry.left;
    }
  }

  /// Each of these is a store for those that are still to come.
  void write_due() {
    const auto is_due = [](const LateWrite& entry) { return entry.left <= 0; };
    for (auto due = std::ranges::find_if(late, is_due); due != late.end();
         due = std::ranges::find_if(late, is_due)) {
      store.write(due->write);
      late.erase(due);
      count_store();
    }
  }
};

/// Numbers things by their first use, from 1.
template <class Key>
class FirstUse {
 public:
  std::uint32_t operator()(Key key) {
    auto known = std::ranges::find(keys_, key);
    if (known == keys_.end()) known = keys_.insert(known, key);
    return static_cast<std::uint32_t>(known - keys_.begin() + 1);
  }
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

 private:
  std::vector<Key> keys_;  ///< few, in the order of their first use
};

}  // namespace crumbproof::run
