#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/run/cookie_values.hpp>
#include <crumbproof/run/request_key.hpp>
#include <crumbproof/run/seen_answer.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/run/wire.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::run {

/// Which cookies the deliveries of an execution carry.
enum class Cookies : bool {
  /// Those that were stored when the delivery was triggered, as at Twilio, and as faults leave it.
  degradable,
  /// The fresh twin's: those of all earlier answers, stored at once and never expired.
  perfect,
};

/// What a status callback says, with pseudonyms.
struct StatusNews {
  std::string sid;     ///< of the message that the app has sent
  std::string status;  ///< MessageStatus
  std::string to;      ///< whom it was sent to
  std::string from;    ///< whose name it was sent in

  friend bool operator==(const StatusNews&, const StatusNews&) = default;
};

/// How the cookies that a request carries stand to those that the app has set.
enum class Freshness : std::uint8_t {
  none_set,  ///< there are none that could be carried
  fresh,     ///< all are carried, and up to date
  absent,    ///< there are some, and none is carried
  outdated,
};

/// How a request is signed where the app has a token to check it by.
enum class Signing : std::uint8_t { right, wrong, none };

/// One request of an execution, before it is known what it looks like on the wire.
struct AppRequest {
  RequestKey key;                    ///< tells it from all requests that look otherwise to the app
  PairIndex pair;                    ///< of the sender and the app
  MessageIndex message;              ///< which it is caused by
  std::uint32_t token = 0;           ///< which of the execution's idempotency tokens it carries
  const Message* said = nullptr;     ///< the message that it is about
  const twilio::Url* url = nullptr;  ///< with pseudonyms
  std::string method;                ///< GET or POST
  std::string cookie;                ///< content of the Cookie header; empty: none is sent
  bool without_parameters = false;   ///< a GET that an HTTP redirect led to
  std::optional<twilio::FallbackReason> fallback;  ///< only of a request to the fallback URL
  Signing signing = Signing::right;                ///< other than right: an attack
  std::optional<StatusNews> news;  ///< of a status callback, which has neither body nor cookies
  Freshness freshness = Freshness::none_set;  ///< of the cookies that it carries
  target::Patience patience = {};             ///< as the delivery policy has it
  DeliveryNumber number = {};                 ///< in order of arrival
  Instant at = {};                            ///< when it arrives, in virtual time
  HandlerOrder order = {};                    ///< in which the app's handlers are run
};

/// An answer, with the cookies as this execution has them.
struct AppAnswer {
  std::shared_ptr<const SeenAnswer> seen;  ///< all of it but its cookies, with pseudonyms
  twilio::AnswerCookies cookies;           ///< that it sets
};

/// Whoever answers the requests of an execution: the app itself, or what is known of it.
class Answers {
 public:
  Answers() = default;
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;
  virtual ~Answers() = default;

  /// Nothing if it is not known what the app would answer; that ends the execution.
  virtual std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) = 0;
  /// The same of requests that are in flight at once, sent in this order.
  virtual std::optional<std::vector<AppAnswer>> answer_together(
      std::span<const AppRequest> requests, CookieValues& values) = 0;
  /// What the probe of that many pairs returns after the last answer; as above.
  virtual std::optional<std::string> probe(std::size_t pairs) = 0;
};

/// How much virtual time passes before a message beyond what the script says.
using Pauses = std::map<MessageIndex, Duration>;

/// What is run.
struct Plan {
  std::span<const Message> messages;      ///< in the order in which they are sent
  faults::Kinds kinds;                    ///< that may strike
  Cookies cookies = Cookies::degradable;  ///< perfect: this is a fresh twin
  bool offer_void = false;  ///< also offer faults that make no difference, so that a recorded
                            ///< schedule always finds its places
  /// Tells executions apart in which requests are in flight together; not 0. What the app answered
  /// in one of them is known for that one only, and for what begins as it does.
  std::uint64_t execution = 1;
  /// The app lives in virtual time, so what it answers depends on when it is asked, and on nothing
  /// that is not here.
  bool simulated = false;
  /// Time that passes before messages are sent, whatever else; for the twin of an execution in
  /// which it did.
  Pauses pauses = {};
  bool keep_wire = false;    ///< what went over the wire is wanted, for a report
  bool keep_stores = false;  ///< whether the cookie stores are wanted afterwards
};

/// In what way the deliveries' cookies fell short of the perfect ones.
struct Degradation {
  bool absent = false;    ///< a delivery went without any though there were some
  bool outdated = false;  ///< a delivery carried others than the latest

  friend bool operator==(const Degradation&, const Degradation&) = default;
};

/// Alternatives that came up and were not offered, by why they could make no difference.
struct VoidAlternatives {
  std::uint64_t no_cookie = 0;      ///< there was none to withhold
  std::uint64_t no_difference = 0;  ///< the app and the store could not tell it from no fault
  std::uint64_t simpler_fault = 0;  ///< nor from what a simpler kind does at the same place

  /// All of them.
  [[nodiscard]] std::uint64_t total() const { return no_cookie + no_difference + simpler_fault; }
  /// Adds those of another execution.
  VoidAlternatives& operator+=(const VoidAlternatives& other) {
    no_cookie += other.no_cookie;
    no_difference += other.no_difference;
    simpler_fault += other.simpler_fault;
    return *this;
  }
  friend bool operator==(const VoidAlternatives&, const VoidAlternatives&) = default;
};

/// One execution, done.
struct Executed {
  Trace trace;                      ///< what the app saw and answered
  std::vector<PlacedFault> faults;  ///< in the order in which they took effect
  Degradation degradation;          ///< of the cookies of all its deliveries together
  /// The messages whose first deliveries were in flight at once, in the order in which they were
  /// sent. What the app answers then, and later, may depend on its own timing.
  std::vector<std::vector<MessageIndex>> together;
  Pauses pauses;  ///< that faults have made
  /// How much sooner messages set out than they would have, to be in flight with an earlier one.
  std::map<MessageIndex, Duration> early;
  bool simulated = false;             ///< as planned
  std::vector<std::string> warnings;  ///< for the app's author, each once
  /// Alternatives that made a difference where they came up, after the last fault of a plan.
  std::uint64_t offered = 0;
  VoidAlternatives voided;        ///< alternatives that made none, likewise
  std::optional<Wire> wire = {};  ///< if the plan asks for it
  Instant ended = {};             ///< when the last of it happened
  /// With all their versions, if the plan wanted them kept.
  std::map<PairIndex, twilio::CookieStore> stores = {};
};

/// The deterministic scheduler: runs the messages as discrete events in virtual time and asks the
/// choice source at every seam. Nothing but its arguments enters. Nothing comes back if `answers`
/// did not know an answer.
std::optional<Executed> execute(const Plan& plan, const SenderSettings& settings,
                                ChoiceSource& choices, Answers& answers);

}  // namespace crumbproof::run
