#include <crumbproof/run/scheduler.hpp>
#include <crumbproof/twilio/keywords.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

using faults::DeliverEffect;
using twilio::Expiry;
using twilio::Failure;

namespace {

const Shared<Answer>& lost_on_its_way() {
  static const Shared<Answer> kLost = [] {
    Answer answer;
    answer.problem = "the request was lost on its way";
    return answer;
  }();
  return kLost;
}

}  // namespace

std::optional<Executed> Scheduler::run() {
  const std::size_t messages = plan_.messages.size();
  ordinals_.resize(messages);
  // A few deliveries more than messages come of faults.
  constexpr std::size_t kOthers = 4;
  webhooks_.reserve(messages + kOthers);
  flights_.reserve(messages + kOthers);
  result_.trace.deliveries.reserve(messages + kOthers);
  result_.trace.outcomes.reserve(messages + kOthers);
  if (!plan_.messages.empty()) schedule_send(0);
  while (!events_.empty() && !unknown_) {
    auto [at, event] = events_.pop();
    now_ = at;
    std::visit([this](const auto& happening) { on(happening); }, event);
  }
  if (!unknown_) ask_probe();
  if (unknown_) return std::nullopt;
  note_stores();
  result_.ended = now_;
  if (plan_.keep_stores) {
    for (auto& [pair, state] : pairs_) result_.stores.emplace(pair, std::move(state.store));
  }
  std::ranges::stable_sort(result_.trace.outcomes, {}, [](const Outcome& outcome) {
    return std::pair(outcome.message, outcome.duplicate);
  });
  return std::move(result_);
}

Shared<Answer> Scheduler::answer_of(const std::shared_ptr<const SeenAnswer>& seen) {
  return Shared<Answer>(std::shared_ptr<const Answer>(seen, &seen->answer));
}

void Scheduler::schedule_send(std::size_t message) {
  const auto pause = plan_.pauses.find(MessageIndex(static_cast<std::uint32_t>(message)));
  if (pause != plan_.pauses.end()) delay_ += pause->second;
  const Instant at = plan_.messages[message].at + delay_;
  events_.push(std::max(at, now_), Send{message, false});
}

void Scheduler::on(const Send& send) {
  // One that another was to be in flight with has set out before its time.
  if (send.message < unsent_) return;
  const Message& message = plan_.messages[send.message];
  PairState& pair = state_of(message.pair);
  if (const Instant due = message.at + delay_; now_ < due) {
    result_.early[MessageIndex(static_cast<std::uint32_t>(send.message))] = due - now_;
  }
  std::vector<std::string> struck;
  std::optional<MessageIndex> hold_back_until;
  if (send.time_has_passed) {
    struck.emplace_back("expire");
  } else {
    const faults::SendSeam seam{pair.store,
                                settings_.webhook,
                                now_,
                                under_way_ == 0,
                                waiting_.empty() ? may_overtake(send.message) : 0,
                                chosen_order(send.message)};
    const Place place{MessageIndex(static_cast<std::uint32_t>(send.message)),
                      ordinals_[send.message]};
    const auto effect = seams_.at_send(seam, place, DeliveryNumber(arrived_ + on_the_way_ + 1));
    if (effect.pass > Duration{0}) {
      delay_ += effect.pass;
      result_.pauses[place.message] = effect.pass;
      events_.push(now_ + effect.pass, Send{send.message, true});
      return;
    }
    if (effect.overtaken_by > 0) {
      hold_back_until = overtaker(send.message, effect.overtaken_by);
      struck.emplace_back("reorder");
    }
    if (effect.order != HandlerOrder()) {
      order_ = effect.order;
      struck.emplace_back("shuffle");
    }
  }

  ++unsent_;
  replies_.heard(message.pair, twilio::keyword_of(message.body));
  Webhook webhook;
  webhook.message = MessageIndex(static_cast<std::uint32_t>(send.message));
  webhook.pair = message.pair;
  webhook.outcome.message = webhook.message;
  webhook.destination = webhook_;
  webhook.method = method_;
  webhook.policy = settings_.policy;
  webhooks_.push_back(std::move(webhook));
  ++under_way_;
  request(webhooks_.size() - 1, hold_back_until);
  flights_.back().struck = std::move(struck);
  if (send.message + 1 < plan_.messages.size()) schedule_send(send.message + 1);
}

HandlerOrder Scheduler::chosen_order(std::size_t message) const {
  return plan_.simulated && message == 0 ? seams_.handler_order() : HandlerOrder();
}

std::uint32_t Scheduler::may_overtake(std::size_t message) const {
  const Message& earlier = plan_.messages[message];
  std::uint32_t count = 0;
  for (std::size_t later = message + 1; later < plan_.messages.size() && count < kMostOvertakers;
       ++later) {
    if (plan_.messages[later].pair != earlier.pair) continue;
    if (plan_.messages[later].at - earlier.at >= kLongestInFlight) break;
    ++count;
  }
  return count;
}

MessageIndex Scheduler::overtaker(std::size_t message, std::uint32_t n) const {
  std::size_t later = message;
  for (std::uint32_t count = 0; count < n;) {
    ++later;
    if (plan_.messages[later].pair == plan_.messages[message].pair) ++count;
  }
  return MessageIndex(static_cast<std::uint32_t>(later));
}

void Scheduler::request(std::size_t index, std::optional<MessageIndex> hold_back_until) {
  Webhook& webhook = webhooks_[index];
  webhook.token = next_token_++;
  webhook.attempts = webhook.refused = webhook.timed_out = 0;
  webhook.first_attempt = now_;
  take_snapshot(webhook);
  attempt(index, hold_back_until);
}

void Scheduler::take_snapshot(Webhook& webhook) {
  twilio::CookieStore& store = state_of(webhook.pair).store;
  store.touch(now_);
  webhook.snapshot = store.version();
  webhook.snapshot_at = now_;
}

PairState& Scheduler::state_of(PairIndex pair) {
  const twilio::Assumptions& assume = settings_.assume;
  return pairs_
      .try_emplace(pair,
                   twilio::CookieRules{assume.one_cookie, assume.any_path, assume.sliding_lifetime})
      .first->second;
}

void Scheduler::attempt(std::size_t index, std::optional<MessageIndex> hold_back_until) {
  Webhook& webhook = webhooks_[index];
  ++webhook.attempts;
  Flight flight;
  flight.webhook = index;
  flight.triggered = now_;
  flight.held_back_until = hold_back_until;
  flights_.push_back(std::move(flight));
  if (!hold_back_until) {
    ++on_the_way_;
    events_.push(now_ + kLatency, Arrive{flights_.size() - 1});
  }
  state_of(webhook.pair).count_trigger();
}

void Scheduler::on(const Arrive& event) {
  const std::size_t index = event.flight;
  if (!flights_[index].held_back_until) --on_the_way_;
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
  delivery.url = webhooks_[of].destination->text;
  delivery.triggered = flights_[index].triggered;
  delivery.arrived = now_;
  delivery.faults = flights_[index].struck;
  webhooks_[of].outcome.last = delivery.number;
  result_.trace.deliveries.push_back(std::move(delivery));
  note_arrival(webhooks_[of]);

  deliver(index);
  if (webhooks_[of].kind == DeliveryKind::first && !unknown_) release_overtaken(message);
}

void Scheduler::deliver(std::size_t index) {
  Flight& flight = flights_[index];
  Webhook& webhook = webhooks_[flight.webhook];
  Delivery& delivery = delivery_of(index);
  if (webhook.signing != Signing::right) {
    deliver_intrusion(index, delivery);
    return;
  }
  const SeamPlace at{flight.place, flight.number};
  const faults::DeliverSeam seam{
      .first_attempt = delivery.kind == DeliveryKind::first,
      .duplicate = webhook.outcome.duplicate,
      .requests_signed = !settings_.auth_token.empty(),
      .has_plain_http = settings_.plain_http && webhook.destination->url.scheme == "https",
      .next_may_join = delivery.kind == DeliveryKind::first && next_may_join(index)};
  const DeliverEffect effect = seams_.at_deliver(seam, at, delivery.faults);
  if (effect == DeliverEffect::drop) {
    delivery.answer = lost_on_its_way();
    time_out(index, webhook.policy.connect_timeout, Failure::connect);
    if (!waiting_.empty()) send_together(std::nullopt);
    return;
  }
  flight.effect = effect;
  if (effect == DeliverEffect::arrive_by_plain_http) {
    twilio::Url plain = webhook.destination->url;
    plain.scheme = "http";
    webhook.destination = Destination(std::move(plain));
    delivery.url = webhook.destination->text;
  }
  Carried carried = carried_by(index, at, delivery);
  if (effect == DeliverEffect::overlap) {
    wait_for_next(index, std::move(carried));
    return;
  }
  if (!waiting_.empty()) {
    send_together(std::pair(index, std::move(carried)));
    return;
  }
  auto answer = answers_.answer(request_of(index, std::move(carried)), values_);
  if (!answer) {
    unknown_ = true;
    return;
  }
  answered(index, std::move(*answer));
}

void Scheduler::answered(std::size_t index, AppAnswer answer) {
  Flight& flight = flights_[index];
  const Webhook& webhook = webhooks_[flight.webhook];
  Delivery& delivery = delivery_of(index);
  flight.answer = std::move(answer);
  delivery.answered = now_;
  delivery.answer = answer_of(flight.answer.seen);
  delivery.sent = flight.answer.seen->sent;
  expect_news_of_sent(webhook, delivery.sent);
  warn(flight.answer.seen->warnings);
  if (sets_cookies(flight.answer)) {
    warn(state_of(webhook.pair).perfect.write(cookie_write(index, delivery)));
    if (perfect()) note_store(delivery);
  }

  const Failure failure = flight.answer.seen->failure;
  if (flight.effect == DeliverEffect::lose_response) {
    time_out(index, webhook.policy.read_timeout, Failure::no_response);
  } else if (failure == Failure::connect) {
    time_out(index, webhook.policy.connect_timeout, failure);
  } else if (failure == Failure::no_response) {
    time_out(index, webhook.policy.read_timeout, failure);
  } else {
    events_.push(now_ + kLatency, Receive{index});
  }
}

void Scheduler::deliver_intrusion(std::size_t index, Delivery& delivery) {
  Flight& flight = flights_[index];
  auto answer = answers_.answer(request_of(index, {}), values_);
  if (!answer) {
    unknown_ = true;
    return;
  }
  delivery.answered = now_;
  delivery.received = now_ + kLatency;
  delivery.answer = answer_of(answer->seen);
  delivery.sent = answer->seen->sent;
  expect_news_of_sent(webhooks_[flight.webhook], delivery.sent);
}

Scheduler::Carried Scheduler::carried_by(std::size_t index, const SeamPlace& at,
                                         Delivery& delivery) {
  const Webhook& webhook = webhooks_[flights_[index].webhook];
  PairState& pair = state_of(webhook.pair);
  const twilio::Url& url = webhook.destination->url;
  auto best = pair.perfect.cookies_for(pair.perfect.version(), url, now_, Expiry::ignored);
  Carried carried;
  if (perfect()) {
    carried.freshness = best.empty() ? Freshness::none_set : Freshness::fresh;
    carried.cookies = std::move(best);
  } else if (takes_no_cookies(webhook.message)) {
    carried.freshness = compare({}, best);
  } else {
    const faults::ReadSeam seam{pair.store, webhook.snapshot, url, webhook.snapshot_at,
                                stores_but_that_of(webhook.pair)};
    auto effect = seams_.at_read(seam, in_outage_, at, delivery.faults);
    in_outage_ = in_outage_ || effect.outage;
    carried.cookies = std::move(effect.cookies);
    carried.alterations = std::move(effect.alterations);
    carried.freshness = compare(carried.cookies, best);
    if (!carried.alterations.empty()) carried.freshness = Freshness::outdated;
  }
  for (const twilio::StoredCookie& cookie : carried.cookies) {
    delivery.cookies.push_back({cookie.name, cookie.set_by});
  }
  return carried;
}

std::vector<const twilio::CookieStore*> Scheduler::stores_but_that_of(PairIndex pair) const {
  std::vector<const twilio::CookieStore*> stores;
  for (const auto& [other, state] : pairs_) {
    if (other != pair) stores.push_back(&state.store);
  }
  return stores;
}

bool Scheduler::takes_no_cookies(MessageIndex message) const {
  const Message& said = plan_.messages[message.index()];
  return settings_.assume.no_mms_cookies && !said.media.empty() &&
         said.from.channel == Channel::sms;
}

Freshness Scheduler::compare(const std::vector<twilio::StoredCookie>& cookies,
                             const std::vector<twilio::StoredCookie>& best) {
  const bool equal = std::ranges::equal(cookies, best, [](const auto& one, const auto& other) {
    return one.name == other.name && one.value == other.value;
  });
  if (equal) return best.empty() ? Freshness::none_set : Freshness::fresh;
  (cookies.empty() ? result_.degradation.absent : result_.degradation.outdated) = true;
  return cookies.empty() ? Freshness::absent : Freshness::outdated;
}

AppRequest Scheduler::request_of(std::size_t index, Carried carried) {
  const Flight& flight = flights_[index];
  const Webhook& webhook = webhooks_[flight.webhook];
  const Message& said = plan_.messages[webhook.message.index()];
  AppRequest request;
  request.key = {pair_names_(webhook.pair),
                 message_names_({webhook.message, webhook.copy}),
                 token_names_(webhook.token),
                 webhook.fallback ? webhook.fallback->error_code : 0,
                 webhook.method,
                 webhook.destination->text,
                 said.body,
                 details_of(said),
                 {}};
  if (webhook.signing == Signing::wrong) request.key.details += "\nsigned wrongly";
  if (webhook.signing == Signing::none) request.key.details += "\nnot signed";
  for (twilio::StoredCookie& cookie : carried.cookies) {
    request.key.cookies.push_back({cookie.name, values_.number_of(cookie.name, cookie.value)});
    for (const faults::Alteration& alteration : carried.alterations) {
      if (alteration.cookie != cookie.name) continue;
      request.key.cookies.back().alteration = alteration.how;
      cookie.value = alteration.value;
    }
  }
  request.pair = webhook.pair;
  request.message = webhook.message;
  request.token = webhook.token;
  request.said = &said;
  request.url = &webhook.destination->url;
  request.method = webhook.method.str();
  request.signing = webhook.signing;
  request.cookie = twilio::cookie_header(carried.cookies);
  request.fallback = webhook.fallback;
  request.without_parameters = webhook.http_redirects > 0 && webhook.method == "GET";
  request.freshness = carried.freshness;
  request.patience = {webhook.policy.connect_timeout, webhook.policy.read_timeout,
                      webhook.policy.total_timeout - (flight.triggered - webhook.first_attempt)};
  request.number = flight.number;
  place_in_time(request);
  return request;
}

std::string Scheduler::details_of(const Message& said) {
  if (said.from == Origin() && said.media.empty() && said.extra.empty()) return {};
  std::string details = fmt::format("{} {}", to_string(said.from.channel), said.from.country);
  for (const std::string& type : said.media) details += fmt::format("\n{}", type);
  for (const ExtraParameter& extra : said.extra) {
    details += fmt::format("\n{}={}", extra.name, extra.value);
  }
  return details;
}

void Scheduler::time_out(std::size_t index, Duration limit, Failure failure) {
  const Webhook& webhook = webhooks_[flights_[index].webhook];
  const Instant at = std::min(flights_[index].triggered + limit,
                              webhook.first_attempt + webhook.policy.total_timeout);
  // One that was held back may have been on its way for longer than that.
  events_.push(std::max(at, now_), TimeOut{index, failure});
}

void Scheduler::release_overtaken(MessageIndex overtaker) {
  // One that is released may have been waited for in its turn.
  for (std::size_t i = 0; i < flights_.size(); ++i) {
    if (flights_[i].held_back_until == overtaker && flights_[i].number == DeliveryNumber()) {
      on(Arrive{i});
    }
  }
}

void Scheduler::ask_probe() {
  if (settings_.probe.empty()) return;
  result_.trace.probe = answers_.probe(pair_names_.size());
  unknown_ = !result_.trace.probe;
}

void Scheduler::warn(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) {
    if (std::ranges::find(result_.warnings, warning) == result_.warnings.end()) {
      result_.warnings.push_back(warning);
    }
  }
}

}  // namespace crumbproof::run
