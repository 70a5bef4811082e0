#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/url.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::faults {

/// What a fault does to the app's cookies, which decides the properties that it speaks for.
enum class Family : std::uint8_t {
  absence,      ///< cookies are missing, lost or expired
  staleness,    ///< cookies are old, partial or late
  delivery,     ///< requests and answers are lost, doubled or swapped
  concurrency,  ///< requests are in flight at once
  tampering,    ///< cookies are another pair's, or have been altered
  intrusion,    ///< a request comes that Twilio has not signed
};

/// The send seam: a message, or a status callback, is about to set out.
struct SendSeam {
  const twilio::CookieStore& store;  ///< of the message's pair
  const twilio::Url& url;            ///< of the webhook
  Instant now;                       ///< virtual time
  /// Nothing else is on its way, so the message can come later.
  bool time_may_pass = false;
  /// So many of the pair's next messages follow soon enough to arrive before this one; or one, the
  /// next callback of the same message.
  std::uint32_t may_overtake = 0;
  /// The first message, and the order in which the app's handlers are to run from here on if that
  /// can be chosen; else 0.
  HandlerOrder order = {};
};

/// What a fault does at the send seam.
struct SendEffect {
  Duration pass{0};  ///< virtual time that passes before the message is sent
  /// The webhook is triggered now, and arrives after those of so many next messages of its pair.
  std::uint32_t overtaken_by = 0;
  HandlerOrder order = {};  ///< of the app's handlers, from now on
};

/// The read seam: a request is about to arrive and is given the cookies that were read for it when
/// it was triggered.
struct ReadSeam {
  const twilio::CookieStore& store;  ///< of the delivery's pair
  std::size_t snapshot = 0;          ///< the store's version when the delivery was triggered
  const twilio::Url& url;            ///< that is requested
  Instant triggered;                 ///< when the delivery's cookies were read
  std::vector<const twilio::CookieStore*> others =
      {};  ///< those of the other pairs, in their order
};

/// A cookie's value that is no longer what the app has set.
struct Alteration {
  std::string cookie;  ///< its name
  std::string value;   ///< what is sent in the place of its own
  std::string how;     ///< which of the alterations of that value it is

  friend bool operator==(const Alteration&, const Alteration&) = default;
};

/// What a fault does at the read seam.
struct ReadEffect {
  std::vector<twilio::StoredCookie> cookies;  ///< what the delivery carries
  bool outage = false;                        ///< no later delivery carries any either
  std::vector<Alteration> alterations = {};   ///< of cookies that it carries
};

/// The deliver seam: a request is about to arrive.
struct DeliverSeam {
  bool first_attempt = false;    ///< of a message; not a retry, redirect, fallback or duplicate
  bool duplicate = false;        ///< the webhook has arrived before, and been answered
  bool callback = false;         ///< a status callback, not a webhook
  bool requests_signed = false;  ///< the app has a token to check them by
  bool has_plain_http = false;   ///< the request comes over https, and could come over http
  bool next_may_join = false;    ///< the next message's request can be in flight with this one
};

/// What happens to a request at the deliver seam.
enum class DeliverEffect : std::uint8_t {
  arrive,                ///< no fault
  arrive_by_plain_http,  ///< the webhook's https URL is asked over http
  drop,                  ///< it never reaches the app
  lose_response,         ///< the app handles it, and the sender sees a time-out
  duplicate,             ///< it arrives a second time
  overlap,               ///< together with the next message's
  repeat,                ///< the text comes once more, as a message of its own
  intrude_unsigned,      ///< a stranger says it once more, without a signature
  intrude_missigned,     ///< likewise, with a wrong one
};

/// The write seam: an answer is about to be received and its cookies to be stored.
struct WriteSeam {
  bool changes_store = false;  ///< the answer's cookies are not those that are stored by now
  bool finely = false;         ///< every order of triggers and stores is looked at
};

/// What a fault does at the write seam.
struct WriteEffect {
  bool lost = false;               ///< the cookies are never stored
  std::int64_t triggers_late = 0;  ///< stored after so many later deliveries were triggered
  std::int64_t events_late = 0;    ///< or after so many triggers and stores of its pair
};

/// One alternative at a seam: what is done, and how a schedule names it.
template <class Effect>
struct Offer {
  Effect effect;  ///< what is done
  /// What the schedule says of it beside kind and place; nothing: no more.
  std::optional<Parameter> parameter;
};

/// A kind of degradation. It says what it could do at a seam; the scheduler drops what would make
/// no difference and lets the choice source decide. Kinds have no state.
class FaultKind {
 public:
  FaultKind() = default;
  FaultKind(const FaultKind&) = delete;
  FaultKind& operator=(const FaultKind&) = delete;
  virtual ~FaultKind() = default;

  /// The name in options, files and reports.
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// What happens, in half a sentence.
  [[nodiscard]] virtual std::string_view summary() const = 0;
  /// What it does to the app's cookies.
  [[nodiscard]] virtual Family family() const = 0;
  /// Whether it may strike where no kinds are named.
  [[nodiscard]] virtual bool is_default() const { return true; }

  /// What it could do there; by default nothing.
  [[nodiscard]] virtual std::vector<Offer<SendEffect>> at_send(const SendSeam& seam) const;
  /// Likewise.
  [[nodiscard]] virtual std::vector<Offer<ReadEffect>> at_read(const ReadSeam& seam) const;
  /// Likewise.
  [[nodiscard]] virtual std::vector<Offer<DeliverEffect>> at_deliver(const DeliverSeam& seam) const;
  /// Likewise.
  [[nodiscard]] virtual std::vector<Offer<WriteEffect>> at_write(const WriteSeam& seam) const;
};

}  // namespace crumbproof::faults
