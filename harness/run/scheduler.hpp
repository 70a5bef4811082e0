#pragma once

#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/reply_rules.hpp>
#include <crumbproof/run/seams.hpp>
#include <crumbproof/run/under_way.hpp>
#include <crumbproof/sim/event_queue.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace crumbproof::run {

/// One execution as it goes on; of use inside this room only. What happens, happens as events in
/// virtual time; the sender's rules are in webhook_course.cpp, what it tells of messages that the
/// app has sent in status_news.cpp, all else in scheduler.cpp.
class Scheduler {
 public:
  /// All must outlive this object.
  Scheduler(const Plan& plan, const SenderSettings& settings, ChoiceSource& choices,
            Answers& answers)
      : plan_(plan),
        settings_(settings),
        answers_(answers),
        webhook_(Destination(settings.webhook)),
        method_(settings.method),
        seams_(plan, choices, result_) {
    result_.simulated = plan.simulated;
    if (plan.keep_wire) result_.wire.emplace();
  }

  /// Runs it to the end. Nothing comes back if an answer was not known.
  std::optional<Executed> run();

 private:
  struct Send {
    std::size_t message;
    bool time_has_passed;
  };
  struct Arrive {
    std::size_t flight;
  };
  struct Receive {
    std::size_t flight;
  };
  struct TimeOut {
    std::size_t flight;
    twilio::Failure failure;
  };
  struct CallBack {
    std::size_t callback;
  };
  using Event = std::variant<Send, Arrive, Receive, TimeOut, CallBack>;

  // ---- messages set out, are triggered, arrive

  [[nodiscard]] bool perfect() const { return plan_.cookies == Cookies::perfect; }
  void schedule_send(std::size_t message);
  void on(const Send& send);
  /// In which the app's handlers are to run from that message on.
  [[nodiscard]] HandlerOrder chosen_order(std::size_t message) const;
  /// How many of the pair's next messages may arrive before that one.
  [[nodiscard]] std::uint32_t may_overtake(std::size_t message) const;
  /// The message that overtakes that one as the n-th.
  [[nodiscard]] MessageIndex overtaker(std::size_t message, std::uint32_t n) const;
  /// Triggers a new request of the webhook: cookies are read now, and a token is drawn.
  void request(std::size_t index, std::optional<MessageIndex> hold_back_until = std::nullopt);
  void take_snapshot(Webhook& webhook);
  PairState& state_of(PairIndex pair);
  /// Triggers an attempt, with the token and the cookies of the first one.
  void attempt(std::size_t index, std::optional<MessageIndex> hold_back_until = std::nullopt);
  void on(const Arrive& event);
  void deliver(std::size_t index);
  [[nodiscard]] Delivery& delivery_of(std::size_t flight) {
    return result_.trace.deliveries[flights_[flight].number.index() - 1];
  }
  /// What a delivery carries, faults included.
  struct Carried {
    std::vector<twilio::StoredCookie> cookies;
    std::vector<faults::Alteration> alterations;
    Freshness freshness = Freshness::none_set;
  };
  Carried carried_by(std::size_t index, const SeamPlace& at, Delivery& delivery);
  [[nodiscard]] std::vector<const twilio::CookieStore*> stores_but_that_of(PairIndex pair) const;
  [[nodiscard]] bool takes_no_cookies(MessageIndex message) const;
  Freshness compare(const std::vector<twilio::StoredCookie>& cookies,
                    const std::vector<twilio::StoredCookie>& best);
  [[nodiscard]] AppRequest request_of(std::size_t index, Carried carried);
  /// The answer for a trace, without a copy of it.
  static Shared<Answer> answer_of(const std::shared_ptr<const SeenAnswer>& seen);
  /// The app has answered that flight.
  void answered(std::size_t index, AppAnswer answer);
  /// What a message shows beside its text; empty for a plain SMS.
  static std::string details_of(const Message& said);
  void time_out(std::size_t index, Duration limit, twilio::Failure failure);

  // ---- requests in flight together: those that have arrived wait for the last one

  /// Whether the request that arrives now could wait for the next message's.
  [[nodiscard]] bool next_may_join(std::size_t index) const;
  /// It waits, and the next message sets out at once.
  void wait_for_next(std::size_t index, Carried carried);
  /// All that wait go to the app, and after them that one, if it reaches it.
  void send_together(std::optional<std::pair<std::size_t, Carried>> last);
  /// Says when the request is made, and of what the app's answer depends beside it: its own timing,
  /// or virtual time.
  void place_in_time(AppRequest& request) const;

  /// Messages before this one in its pair may have been held back until now.
  void release_overtaken(MessageIndex overtaker);
  void ask_probe();
  void warn(const std::vector<std::string>& warnings);

  // ---- for reports: what the cookie store went through, if the plan asks for it

  /// The store whose cookies are sent.
  [[nodiscard]] const twilio::CookieStore& shown_store(PairIndex pair);
  /// The webhook's delivery, the last one of the trace, has arrived.
  void note_arrival(const Webhook& webhook);
  /// Its answer may have changed the store.
  void note_store(const Delivery& delivery);
  void note_stores();

  // ---- what comes of a webhook

  static bool sets_cookies(const AppAnswer& answer) {
    return !answer.seen->answer.set_cookies.empty();
  }
  void on(const Receive& event);
  void on(const TimeOut& event);
  void store(std::size_t index, Delivery& delivery);
  [[nodiscard]] twilio::CookieWrite cookie_write(std::size_t index, const Delivery& delivery) const;
  /// The same webhook, byte for byte, arrives again.
  void duplicate(std::size_t index);
  /// The same words come again as a message of their own.
  void repeat(std::size_t index);
  /// Likewise, but from someone who is not Twilio: neither cookies nor an outcome come of it.
  void intrude(std::size_t index, Signing signing);
  void deliver_intrusion(std::size_t index, Delivery& delivery);
  void fail(std::size_t index, twilio::Failure failure, const Answer& answer);
  /// What all attempts together come to (https://www.twilio.com/docs/api/errors/11201, /11202,
  /// /11203 and /11205).
  [[nodiscard]] int final_code(const Webhook& webhook, twilio::Failure failure, int last) const;
  void carry_out(std::size_t index, const SeenAnswer& seen);
  /// A URL in TwiML has overrides of its own.
  twilio::DeliveryPolicy policy_of(const twilio::Url& url);
  [[nodiscard]] bool may_reach(const twilio::Url& url) const;
  void finish(Webhook& webhook, int status_class, int error_code, std::string problem);

  // ---- news of the messages that the app has sent

  void expect_news_of_reply(const Webhook& webhook, const ReplyMessage& reply);
  void expect_news_of_sent(const Webhook& webhook, const std::vector<ReplyMessage>& sent);
  void expect_news(const Webhook& webhook, const std::string& callback, const StatusNews& news);
  void on(const CallBack& event);
  std::optional<AppAnswer> ask(const Callback& callback);

  const Plan& plan_;
  const SenderSettings& settings_;
  Answers& answers_;
  Shared<Destination> webhook_;  ///< as configured, for all messages
  Text method_;                  ///< likewise
  Executed result_;
  Seams seams_;
  EventQueue<Event> events_;
  Instant now_;
  HandlerOrder order_;
  Duration delay_{0};  ///< by which faults have put off the messages still to come
  std::vector<Webhook> webhooks_;
  std::vector<Flight> flights_;
  std::vector<Callback> callbacks_;
  std::vector<std::pair<std::size_t, Carried>> waiting_;  ///< flights that will go together
  std::size_t unsent_ = 0;  ///< the first message that has not set out
  std::map<PairIndex, PairState> pairs_;
  ReplyRules replies_;
  std::vector<std::uint32_t> ordinals_;  ///< of each message's next delivery
  std::map<std::size_t, std::uint32_t> callback_ordinals_;
  std::uint32_t replies_sent_ = 0;   ///< by TwiML, whether Twilio passed them on or not
  std::uint32_t messages_sent_ = 0;  ///< through the API, likewise
  CookieValues values_;
  FirstUse<PairIndex> pair_names_;
  FirstUse<std::pair<MessageIndex, std::uint32_t>> message_names_;  ///< of each copy
  FirstUse<std::uint32_t> token_names_;
  std::uint32_t next_token_ = 0;
  std::uint32_t copies_ = 0;
  std::uint32_t arrived_ = 0;
  std::uint32_t on_the_way_ = 0;  ///< triggered, neither arrived nor held back
  std::size_t under_way_ = 0;     ///< webhooks without an outcome yet
  bool in_outage_ = false;
  bool unknown_ = false;
};

}  // namespace crumbproof::run
