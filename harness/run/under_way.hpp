#pragma once

#include <crumbproof/faults/fault_kind.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/trace.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/delivery_policy.hpp>
#include <crumbproof/twilio/url.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
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

  twilio::Url url;
  std::string method;
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
  bool held_back = false;
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
  twilio::CookieWrite write;
  std::int64_t triggers_left = 0;
};

/// The cookies of one pair.
struct PairState {
  explicit PairState(twilio::CookieRules rules) : store(rules), perfect(rules) {}

  twilio::CookieStore store;    ///< as Twilio keeps them, and as faults leave them
  twilio::CookieStore perfect;  ///< all that the app has set, stored at once
  std::vector<LateWrite> late;

  /// A delivery was triggered, and has read the store: late writes come in after so many.
  void count_trigger() {
    for (LateWrite& entry : late) {
      if (--entry.triggers_left == 0) store.write(entry.write);
    }
    std::erase_if(late, [](const LateWrite& entry) { return entry.triggers_left == 0; });
  }
};

/// Numbers things by their first use, from 1.
template <class Key>
class FirstUse {
 public:
  std::uint32_t operator()(Key key) {
    return numbers_.emplace(key, static_cast<std::uint32_t>(numbers_.size() + 1)).first->second;
  }
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  std::map<Key, std::uint32_t> numbers_;
};

}  // namespace crumbproof::run
