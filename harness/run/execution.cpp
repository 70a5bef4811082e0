#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/reply_rules.hpp>
#include <crumbproof/run/seams.hpp>
#include <crumbproof/run/under_way.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/event_queue.hpp>
#include <crumbproof/twilio/error_codes.hpp>
#include <crumbproof/twilio/keywords.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

using faults::DeliverEffect;
using twilio::DeliveryPolicy;
using twilio::Expiry;
using twilio::Failure;

/// Twilio gives up a webhook after this long, so what comes later cannot overtake it.
constexpr Duration kLongestInFlight{15'000};

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
  Failure failure;
};
struct CallBack {
  std::size_t callback;
};

class Execution {
 public:
  Execution(const Plan& plan, const SenderSettings& settings, ChoiceSource& choices,
            Answers& answers)
      : plan_(plan), settings_(settings), answers_(answers), seams_(plan, choices, result_) {}

  std::optional<Executed> run() {
    if (!plan_.messages.empty()) schedule_send(0);
    while (!events_.empty() && !unknown_) {
      auto [at, event] = events_.pop();
      now_ = at;
      std::visit([this](const auto& happening) { on(happening); }, event);
    }
    if (!unknown_) ask_probe();
    if (unknown_) return std::nullopt;
    std::ranges::stable_sort(result_.trace.outcomes, {}, [](const Outcome& outcome) {
      return std::pair(outcome.message, outcome.duplicate);
    });
    return std::move(result_);
  }

 private:
  using Event = std::variant<Send, Arrive, Receive, TimeOut, CallBack>;

  [[nodiscard]] bool perfect() const { return plan_.cookies == Cookies::perfect; }

  // ---- messages set out

  void schedule_send(std::size_t message) {
    const Instant at = plan_.messages[message].at + delay_;
    events_.push(std::max(at, now_), Send{message, false});
  }

  void on(const Send& send) {
    const Message& message = plan_.messages[send.message];
    PairState& pair = state_of(message.pair);
    std::vector<std::string> struck;
    bool hold_back = false;
    if (send.time_has_passed) {
      struck.emplace_back("expire");
    } else {
      const faults::SendSeam seam{pair.store, settings_.webhook, now_, under_way_ == 0,
                                  next_may_overtake(send.message)};
      const Place place{MessageIndex(static_cast<std::uint32_t>(send.message)),
                        ordinals_[send.message]};
      const auto effect = seams_.at_send(seam, place, DeliveryNumber(arrived_ + on_the_way_ + 1));
      if (effect.pass > Duration{0}) {
        delay_ += effect.pass;
        events_.push(now_ + effect.pass, Send{send.message, true});
        return;
      }
      hold_back = effect.hold_back;
      if (hold_back) struck.emplace_back("reorder");
    }

    replies_.heard(message.pair, twilio::keyword_of(message.body));
    Webhook webhook;
    webhook.message = MessageIndex(static_cast<std::uint32_t>(send.message));
    webhook.pair = message.pair;
    webhook.outcome.message = webhook.message;
    webhook.url = settings_.webhook;
    webhook.method = settings_.method;
    webhook.policy = settings_.policy;
    webhooks_.push_back(std::move(webhook));
    ++under_way_;
    request(webhooks_.size() - 1, hold_back);
    flights_.back().struck = std::move(struck);
    if (send.message + 1 < plan_.messages.size()) schedule_send(send.message + 1);
  }

  [[nodiscard]] bool next_may_overtake(std::size_t message) const {
    const Message& earlier = plan_.messages[message];
    for (std::size_t later = message + 1; later < plan_.messages.size(); ++later) {
      if (plan_.messages[later].pair != earlier.pair) continue;
      return plan_.messages[later].at - earlier.at < kLongestInFlight;
    }
    return false;
  }

  // ---- requests are triggered

  /// Triggers a new request of the webhook: cookies are read now, and a token is drawn.
  void request(std::size_t index, bool hold_back = false) {
    Webhook& webhook = webhooks_[index];
    webhook.token = next_token_++;
    webhook.attempts = webhook.refused = webhook.timed_out = 0;
    webhook.first_attempt = now_;
    take_snapshot(webhook);
    attempt(index, hold_back);
  }

  void take_snapshot(Webhook& webhook) {
    twilio::CookieStore& store = state_of(webhook.pair).store;
    store.touch(now_);
    webhook.snapshot = store.version();
    webhook.snapshot_at = now_;
  }

  PairState& state_of(PairIndex pair) {
    const twilio::Assumptions& assume = settings_.assume;
    return pairs_
        .try_emplace(
            pair, twilio::CookieRules{assume.one_cookie, assume.any_path, assume.sliding_lifetime})
        .first->second;
  }

  /// Triggers an attempt, with the token and the cookies of the first one.
  void attempt(std::size_t index, bool hold_back = false) {
    Webhook& webhook = webhooks_[index];
    ++webhook.attempts;
    Flight flight;
    flight.webhook = index;
    flight.triggered = now_;
    flight.held_back = hold_back;
    flights_.push_back(std::move(flight));
    if (!hold_back) {
      ++on_the_way_;
      events_.push(now_ + kLatency, Arrive{flights_.size() - 1});
    }
    state_of(webhook.pair).count_trigger();
  }

  // ---- requests arrive

  void on(const Arrive& event) {
    const std::size_t index = event.flight;
    if (!flights_[index].held_back) --on_the_way_;
    const std::size_t of = flights_[index].webhook;
    const MessageIndex message = webhooks_[of].message;
    flights_[index].number = DeliveryNumber(++arrived_);
    flights_[index].place = {message, ordinals_[message.index()]++, false};

    Delivery delivery;
    delivery.number = flights_[index].number;
    delivery.message = message;
    delivery.pair = webhooks_[of].pair;
    delivery.kind = webhooks_[of].kind;
    delivery.method = webhooks_[of].method;
    delivery.url = webhooks_[of].url.without_user_and_fragment();
    delivery.triggered = flights_[index].triggered;
    delivery.arrived = now_;
    delivery.faults = flights_[index].struck;
    webhooks_[of].outcome.last = delivery.number;

    deliver(index, delivery);
    result_.trace.deliveries.push_back(std::move(delivery));
    if (webhooks_[of].kind == DeliveryKind::first && !unknown_) release_overtaken(message);
  }

  void deliver(std::size_t index, Delivery& delivery) {
    Flight& flight = flights_[index];
    const Webhook& webhook = webhooks_[flight.webhook];
    const SeamPlace at{flight.place, flight.number};
    const bool is_duplicate = webhook.outcome.duplicate;
    const DeliverEffect effect = seams_.at_deliver(
        {delivery.kind == DeliveryKind::first, is_duplicate}, at, delivery.faults);
    if (effect == DeliverEffect::drop) {
      delivery.answer.problem = "the request was lost on its way";
      time_out(index, webhook.policy.connect_timeout, Failure::connect);
      return;
    }
    flight.duplicate_follows = effect == DeliverEffect::duplicate;

    Freshness freshness = Freshness::none_set;
    const auto cookies = cookies_of(index, at, delivery, freshness);
    auto answer = ask(webhook, cookies, freshness, flight.triggered);
    if (!answer) {
      unknown_ = true;
      return;
    }
    flight.answer = std::move(*answer);
    delivery.answered = now_;
    delivery.answer = flight.answer.seen->answer;
    delivery.sent = flight.answer.seen->sent;
    expect_news_of_sent(webhook, delivery.sent);
    warn(flight.answer.seen->warnings);
    if (sets_cookies(flight.answer)) {
      warn(state_of(webhook.pair).perfect.write(cookie_write(index, delivery)));
    }

    const Failure failure = flight.answer.seen->failure;
    if (effect == DeliverEffect::lose_response) {
      time_out(index, webhook.policy.read_timeout, Failure::no_response);
    } else if (failure == Failure::connect) {
      time_out(index, webhook.policy.connect_timeout, failure);
    } else if (failure == Failure::no_response) {
      time_out(index, webhook.policy.read_timeout, failure);
    } else {
      events_.push(now_ + kLatency, Receive{index});
    }
  }

  /// What the delivery carries, faults included.
  std::vector<twilio::StoredCookie> cookies_of(std::size_t index, const SeamPlace& at,
                                               Delivery& delivery, Freshness& freshness) {
    const Webhook& webhook = webhooks_[flights_[index].webhook];
    PairState& pair = state_of(webhook.pair);
    auto best =
        pair.perfect.cookies_for(pair.perfect.version(), webhook.url, now_, Expiry::ignored);
    std::vector<twilio::StoredCookie> cookies;
    if (perfect()) {
      freshness = best.empty() ? Freshness::none_set : Freshness::fresh;
      cookies = std::move(best);
    } else if (takes_no_cookies(webhook.message)) {
      freshness = compare(cookies, best);
    } else {
      const faults::ReadSeam seam{pair.store, webhook.snapshot, webhook.url, webhook.snapshot_at};
      auto effect = seams_.at_read(seam, in_outage_, at, delivery.faults);
      in_outage_ = in_outage_ || effect.outage;
      cookies = std::move(effect.cookies);
      freshness = compare(cookies, best);
    }
    for (const twilio::StoredCookie& cookie : cookies) {
      delivery.cookies.push_back({cookie.name, cookie.set_by});
    }
    return cookies;
  }

  [[nodiscard]] bool takes_no_cookies(MessageIndex message) const {
    const Message& said = plan_.messages[message.index()];
    return settings_.assume.no_mms_cookies && !said.media.empty() &&
           said.from.channel == Channel::sms;
  }

  Freshness compare(const std::vector<twilio::StoredCookie>& cookies,
                    const std::vector<twilio::StoredCookie>& best) {
    const bool equal = std::ranges::equal(cookies, best, [](const auto& one, const auto& other) {
      return one.name == other.name && one.value == other.value;
    });
    if (equal) return best.empty() ? Freshness::none_set : Freshness::fresh;
    (cookies.empty() ? result_.degradation.absent : result_.degradation.outdated) = true;
    return cookies.empty() ? Freshness::absent : Freshness::outdated;
  }

  std::optional<AppAnswer> ask(const Webhook& webhook,
                               const std::vector<twilio::StoredCookie>& cookies,
                               Freshness freshness, Instant triggered) {
    const Message& said = plan_.messages[webhook.message.index()];
    AppRequest request;
    request.key = {pair_names_(webhook.pair),
                   message_names_(webhook.message),
                   token_names_(webhook.token),
                   webhook.fallback ? webhook.fallback->error_code : 0,
                   webhook.method,
                   webhook.url.without_user_and_fragment(),
                   said.body,
                   details_of(said),
                   {}};
    for (const twilio::StoredCookie& cookie : cookies) {
      request.key.cookies.push_back({cookie.name, values_.number_of(cookie.name, cookie.value)});
    }
    request.pair = webhook.pair;
    request.message = webhook.message;
    request.token = webhook.token;
    request.said = &said;
    request.url = &webhook.url;
    request.method = webhook.method;
    request.cookie = twilio::cookie_header(cookies);
    request.fallback = webhook.fallback;
    request.without_parameters = webhook.http_redirects > 0 && webhook.method == "GET";
    request.freshness = freshness;
    request.patience = {webhook.policy.connect_timeout, webhook.policy.read_timeout,
                        webhook.policy.total_timeout - (triggered - webhook.first_attempt)};
    return answers_.answer(request, values_);
  }

  /// What a message shows beside its text; empty for a plain SMS.
  static std::string details_of(const Message& said) {
    if (said.from == Origin() && said.media.empty() && said.extra.empty()) return {};
    std::string details = fmt::format("{} {}", to_string(said.from.channel), said.from.country);
    for (const std::string& type : said.media) details += fmt::format("\n{}", type);
    for (const ExtraParameter& extra : said.extra) {
      details += fmt::format("\n{}={}", extra.name, extra.value);
    }
    return details;
  }

  void time_out(std::size_t index, Duration limit, Failure failure) {
    const Webhook& webhook = webhooks_[flights_[index].webhook];
    const Instant at = std::min(flights_[index].triggered + limit,
                                webhook.first_attempt + webhook.policy.total_timeout);
    // One that was held back may have been on its way for longer than that.
    events_.push(std::max(at, now_), TimeOut{index, failure});
  }

  /// The message before this one in its pair may have been held back until now.
  void release_overtaken(MessageIndex overtaker) {
    const PairIndex pair = plan_.messages[overtaker.index()].pair;
    // The latest of those that wait: the others wait for it.
    for (std::size_t i = flights_.size(); i-- > 0;) {
      const Flight& flight = flights_[i];
      const Webhook& webhook = webhooks_[flight.webhook];
      const bool waits = flight.held_back && flight.number == DeliveryNumber();
      if (waits && webhook.pair == pair && webhook.message < overtaker) {
        on(Arrive{i});
        return;
      }
    }
  }

  // ---- answers are received

  void on(const Receive& event) {
    const std::size_t webhook = flights_[event.flight].webhook;
    const std::shared_ptr<const SeenAnswer> seen = flights_[event.flight].answer.seen;
    Delivery& delivery = result_.trace.deliveries[flights_[event.flight].number.index() - 1];
    delivery.received = now_;
    store(event.flight, delivery);
    if (flights_[event.flight].duplicate_follows) duplicate(event.flight);
    if (seen->answer.error_code != 0) {
      fail(webhook, seen->failure, seen->answer);
    } else {
      carry_out(webhook, *seen);
    }
  }

  void on(const TimeOut& event) {
    const Flight& flight = flights_[event.flight];
    Webhook& webhook = webhooks_[flight.webhook];
    const SeenAnswer* const seen = flight.answer.seen.get();
    Answer answer;
    // Of an answer that was lost the sender knows nothing, not even that it was a bad one.
    if (seen != nullptr && seen->failure == event.failure) {
      answer = seen->answer;
      if (seen->why == target::Unreachable::refused) ++webhook.refused;
      if (seen->why == target::Unreachable::timed_out) ++webhook.timed_out;
    } else {
      if (event.failure == Failure::connect) ++webhook.timed_out;
      answer.error_code = twilio::code::kConnectionFailure;
      answer.problem =
          event.failure == Failure::connect ? "no connection in time" : "no answer came in time";
    }
    fail(flight.webhook, event.failure, answer);
  }

  void store(std::size_t index, Delivery& delivery) {
    const Flight& flight = flights_[index];
    if (perfect() || !sets_cookies(flight.answer)) return;
    PairState& pair = state_of(webhooks_[flight.webhook].pair);
    if (takes_no_cookies(webhooks_[flight.webhook].message)) return;
    const twilio::CookieWrite write = cookie_write(index, delivery);
    const auto effect = seams_.at_write({pair.store.would_change(write)},
                                        {flight.place, flight.number}, delivery.faults);
    if (effect.lost) return;
    if (effect.triggers_late > 0) {
      pair.late.push_back({write, effect.triggers_late});
    } else {
      pair.store.write(write);
    }
  }

  static bool sets_cookies(const AppAnswer& answer) {
    return !answer.seen->answer.set_cookies.empty();
  }

  [[nodiscard]] twilio::CookieWrite cookie_write(std::size_t index,
                                                 const Delivery& delivery) const {
    const Flight& flight = flights_[index];
    return {flight.answer.cookie_headers, webhooks_[flight.webhook].url, *delivery.answered,
            delivery.number};
  }

  /// The same webhook, byte for byte, arrives again.
  void duplicate(std::size_t index) {
    Webhook again = webhooks_[flights_[index].webhook];
    again.outcome.duplicate = true;
    again.kind = DeliveryKind::duplicate;
    again.attempts = again.refused = again.timed_out = 0;
    again.first_attempt = now_;
    webhooks_.push_back(std::move(again));
    ++under_way_;
    attempt(webhooks_.size() - 1);
  }

  // ---- what the answer leads to

  void fail(std::size_t index, Failure failure, const Answer& answer) {
    Webhook& webhook = webhooks_[index];
    const DeliveryPolicy& policy = webhook.policy;
    const bool time_left = now_ - webhook.first_attempt < policy.total_timeout;
    if (policy.retries_after(failure) && webhook.attempts <= policy.retries && time_left) {
      if (webhook.kind != DeliveryKind::duplicate) webhook.kind = DeliveryKind::retry;
      if (settings_.assume.new_retry_token) webhook.token = next_token_++;
      if (settings_.assume.fresh_retry_cookies) take_snapshot(webhook);
      attempt(index);
      return;
    }
    const int code = final_code(webhook, failure, answer.error_code);
    if (settings_.fallback && !webhook.fallback) {
      webhook.fallback = twilio::FallbackReason{code, webhook.url.without_user_and_fragment()};
      webhook.url = *settings_.fallback;
      webhook.method = "POST";
      webhook.policy = settings_.fallback_policy;
      webhook.kind = DeliveryKind::fallback;
      webhook.http_redirects = 0;
      request(index);
      return;
    }
    finish(webhook, answer.status / 100, code, answer.problem);
  }

  /// What all attempts together come to (https://www.twilio.com/docs/api/errors/11201, /11202,
  /// /11203 and /11205).
  [[nodiscard]] int final_code(const Webhook& webhook, Failure failure, int last) const {
    namespace code = twilio::code;
    if (failure == Failure::connect && webhook.attempts > 1) {
      if (webhook.timed_out == webhook.attempts) return code::kConnectsTimedOut;
      if (webhook.refused == webhook.attempts) return code::kConnectsRefused;
    }
    if (failure != Failure::no_response) return last;
    const bool used_up = now_ - webhook.first_attempt >= webhook.policy.total_timeout;
    if (!used_up) return code::kCouldNotRetrieve;
    const bool the_default =
        webhook.attempts == 1 && webhook.policy.total_timeout == DeliveryPolicy{}.total_timeout;
    return the_default ? code::kConnectionFailure : code::kTotalTimeUsedUp;
  }

  void carry_out(std::size_t index, const SeenAnswer& seen) {
    Webhook& webhook = webhooks_[index];
    auto& messages = webhook.outcome.messages;
    std::vector<ReplyMessage> replies = seen.messages;
    warn(replies_.judge(webhook.pair, replies, messages.size(), now_));
    for (const ReplyMessage& reply : replies) expect_news_of_reply(webhook, reply);
    std::ranges::move(replies, std::back_inserter(messages));
    const int status_class = seen.answer.status / 100;
    if (!seen.next) {
      finish(webhook, status_class, 0, {});
      return;
    }
    const NextDocument& next = *seen.next;
    if (!may_reach(next.url)) {
      finish(webhook, status_class, twilio::code::kMalformedUrl,
             fmt::format("it redirects to {}, which is not the app's host; not followed",
                         next.url.without_user_and_fragment()));
      return;
    }
    if (next.by_http) {
      if (++webhook.http_redirects > kMaxHttpRedirects) {
        finish(webhook, status_class, twilio::code::kTooManyHttpRedirects,
               fmt::format("more than {} HTTP redirects in a row", kMaxHttpRedirects));
        return;
      }
    } else {
      webhook.http_redirects = 0;
      if (++webhook.documents > kMaxDocuments) {
        finish(webhook, status_class, twilio::code::kTooManyDocuments,
               fmt::format("its redirects do not end: more than {} documents for one message",
                           kMaxDocuments));
        return;
      }
    }
    if (!next.by_http) webhook.policy = policy_of(next.url);
    webhook.url = next.url;
    if (!next.method.empty()) webhook.method = next.method;
    if (webhook.kind != DeliveryKind::duplicate) webhook.kind = DeliveryKind::redirect;
    request(index);
  }

  /// A URL in TwiML has overrides of its own.
  DeliveryPolicy policy_of(const twilio::Url& url) {
    try {
      return DeliveryPolicy::parse(url.fragment);
    } catch (const BadInput& error) {
      warn({fmt::format("{}: a <Redirect> has a fragment that is ignored: {}",
                        twilio::code::kMalformedUrl, error.what())});
      return {};
    }
  }

  // ---- news of the messages that the app has sent

  void expect_news_of_reply(const Webhook& webhook, const ReplyMessage& reply) {
    const std::string sid = fmt::format("{{ReplySid:{}}}", ++replies_sent_);
    if (reply.error_code != 0 || reply.status_callback.empty()) return;
    const Message& said = plan_.messages[webhook.message.index()];
    const std::string prefix = said.from.channel == Channel::whatsapp ? "whatsapp:" : "";
    const std::uint32_t pair = pair_names_(webhook.pair);
    const std::string sender =
        prefix + (pair == 1 ? std::string("{From}") : fmt::format("{{From{}}}", pair));
    expect_news(webhook, reply.status_callback,
                {sid,
                 {},
                 reply.to.empty() ? sender : reply.to,
                 reply.from.empty() ? prefix + "{To}" : reply.from});
  }

  void expect_news_of_sent(const Webhook& webhook, const std::vector<ReplyMessage>& sent) {
    for (const ReplyMessage& message : sent) {
      const std::string sid = fmt::format("{{SentSid:{}}}", ++messages_sent_);
      if (message.error_code != 0 || message.status_callback.empty()) continue;
      expect_news(webhook, message.status_callback, {sid, {}, message.to, message.from});
    }
  }

  void expect_news(const Webhook& webhook, const std::string& callback, const StatusNews& news) {
    // Resolved before: a URL that is none is a warning of its document's.
    const twilio::Url url = webhook.url.resolve(callback);
    if (!may_reach(url)) {
      warn({fmt::format("the status callback {} is not on the app's host; it is not called",
                        url.without_user_and_fragment())});
      return;
    }
    struct Step {
      std::string_view status;
      Duration after;
    };
    constexpr Step kQueued{"queued", std::chrono::milliseconds(500)};
    constexpr Step kSent{"sent", std::chrono::seconds(1)};
    constexpr Step kDelivered{"delivered", std::chrono::seconds(3)};
    std::vector<Step> steps;
    if (!settings_.messaging_service.empty()) steps.push_back(kQueued);
    steps.push_back(kSent);
    steps.push_back(kDelivered);
    for (const Step& step : steps) {
      Callback next{webhook.message, webhook.pair, url, news, {}, next_token_++, now_ + step.after};
      next.news.status = step.status;
      next.place = {webhook.message, callback_ordinals_[webhook.message.index()]++, true};
      if (&step != &steps.front()) callbacks_.back().overtaker = callbacks_.size();
      callbacks_.push_back(std::move(next));
      events_.push(callbacks_.back().at, CallBack{callbacks_.size() - 1});
    }
  }

  void on(const CallBack& event) {
    Callback& callback = callbacks_[event.callback];
    PairState& pair = state_of(callback.pair);
    if (callback.overtaker != 0 && !callback.held_back && !callback.duplicate) {
      const auto effect = seams_.at_send({pair.store, callback.url, now_, false, true},
                                         callback.place, DeliveryNumber(arrived_ + 1));
      if (effect.hold_back) {
        callback.held_back = true;
        events_.push(callbacks_[callback.overtaker].at + kLatency, event);
        return;
      }
    }
    Delivery delivery;
    delivery.number = DeliveryNumber(++arrived_);
    delivery.message = callback.message;
    delivery.pair = callback.pair;
    delivery.kind = DeliveryKind::callback;
    delivery.method = "POST";
    delivery.url = callback.url.without_user_and_fragment();
    delivery.triggered = callback.at;
    delivery.arrived = delivery.answered.emplace(now_);
    delivery.received = now_ + kLatency;
    delivery.news = callback.news.status;
    if (callback.held_back) delivery.faults.emplace_back("reorder");
    const DeliverEffect effect =
        seams_.at_deliver({false, callback.duplicate, !callback.duplicate},
                          {callback.place, delivery.number}, delivery.faults);
    const auto answer = ask(callback);
    if (!answer) {
      unknown_ = true;
      return;
    }
    delivery.answer = answer->seen->answer;
    // No news is expected of these, or an app could go on for ever.
    delivery.sent = answer->seen->sent;
    messages_sent_ += static_cast<std::uint32_t>(delivery.sent.size());
    if (delivery.answer.status / 100 != 2) {
      warn({fmt::format(
          "a status callback was answered with {}; Twilio does not care, but its news "
          "may be lost",
          delivery.answer.status == 0 ? delivery.answer.problem
                                      : fmt::format("status {}", delivery.answer.status))});
    }
    result_.trace.deliveries.push_back(std::move(delivery));
    if (effect != DeliverEffect::duplicate) return;
    Callback again = callbacks_[event.callback];
    again.duplicate = true;
    callbacks_.push_back(std::move(again));
    events_.push(now_ + kLatency, CallBack{callbacks_.size() - 1});
  }

  std::optional<AppAnswer> ask(const Callback& callback) {
    AppRequest request;
    request.key = {pair_names_(callback.pair),
                   message_names_(callback.message),
                   token_names_(callback.token),
                   0,
                   "POST",
                   callback.url.without_user_and_fragment(),
                   {},
                   fmt::format("{} is {}", callback.news.sid, callback.news.status),
                   {}};
    request.pair = callback.pair;
    request.message = callback.message;
    request.token = callback.token;
    request.said = &plan_.messages[callback.message.index()];
    request.url = &callback.url;
    request.method = "POST";
    request.news = callback.news;
    return answers_.answer(request, values_);
  }

  [[nodiscard]] bool may_reach(const twilio::Url& url) const {
    if (settings_.may_reach) return settings_.may_reach(url);
    return url.host == settings_.webhook.host;
  }

  void finish(Webhook& webhook, int status_class, int error_code, std::string problem) {
    webhook.outcome.status_class = status_class;
    webhook.outcome.error_code = error_code;
    webhook.outcome.problem = std::move(problem);
    result_.trace.outcomes.push_back(std::move(webhook.outcome));
    --under_way_;
  }

  void ask_probe() {
    if (settings_.probe.empty()) return;
    result_.trace.probe = answers_.probe(pair_names_.size());
    unknown_ = !result_.trace.probe;
  }

  void warn(const std::vector<std::string>& warnings) {
    for (const std::string& warning : warnings) {
      if (std::ranges::find(result_.warnings, warning) == result_.warnings.end()) {
        result_.warnings.push_back(warning);
      }
    }
  }

  const Plan& plan_;
  const SenderSettings& settings_;
  Answers& answers_;
  Executed result_;
  Seams seams_;

  EventQueue<Event> events_;
  Instant now_;
  Duration delay_{0};  ///< by which faults have put off the messages still to come
  std::vector<Webhook> webhooks_;
  std::vector<Flight> flights_;
  std::vector<Callback> callbacks_;
  std::map<PairIndex, PairState> pairs_;
  ReplyRules replies_;
  std::map<std::size_t, std::uint32_t> ordinals_;
  std::map<std::size_t, std::uint32_t> callback_ordinals_;
  std::uint32_t replies_sent_ = 0;   ///< by TwiML, whether Twilio passed them on or not
  std::uint32_t messages_sent_ = 0;  ///< through the API, likewise
  CookieValues values_;
  FirstUse<PairIndex> pair_names_;
  FirstUse<MessageIndex> message_names_;
  FirstUse<std::uint32_t> token_names_;
  std::uint32_t next_token_ = 0;
  std::uint32_t arrived_ = 0;
  std::uint32_t on_the_way_ = 0;  ///< triggered, neither arrived nor held back
  std::size_t under_way_ = 0;     ///< webhooks without an outcome yet
  bool in_outage_ = false;
  bool unknown_ = false;
};

}  // namespace

std::optional<Executed> execute(const Plan& plan, const SenderSettings& settings,
                                ChoiceSource& choices, Answers& answers) {
  choices.restart();
  return Execution(plan, settings, choices, answers).run();
}

}  // namespace crumbproof::run
