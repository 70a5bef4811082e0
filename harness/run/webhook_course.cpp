#include <crumbproof/run/scheduler.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/error_codes.hpp>

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

using twilio::DeliveryPolicy;
using twilio::Failure;

void Scheduler::on(const Receive& event) {
  const std::size_t webhook = flights_[event.flight].webhook;
  const std::shared_ptr<const SeenAnswer> seen = flights_[event.flight].answer.seen;
  Delivery& delivery = result_.trace.deliveries[flights_[event.flight].number.index() - 1];
  delivery.received = now_;
  store(event.flight, delivery);
  note_store(delivery);
  switch (flights_[event.flight].effect) {
    case faults::DeliverEffect::duplicate:
      duplicate(event.flight);
      break;
    case faults::DeliverEffect::repeat:
      repeat(event.flight);
      break;
    case faults::DeliverEffect::intrude_unsigned:
      intrude(event.flight, Signing::none);
      break;
    case faults::DeliverEffect::intrude_missigned:
      intrude(event.flight, Signing::wrong);
      break;
    default:
      break;
  }
  if (seen->answer.error_code != 0) {
    fail(webhook, seen->failure, seen->answer);
  } else {
    carry_out(webhook, *seen);
  }
}

void Scheduler::on(const TimeOut& event) {
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

void Scheduler::store(std::size_t index, Delivery& delivery) {
  const Flight& flight = flights_[index];
  if (perfect() || !sets_cookies(flight.answer)) return;
  PairState& pair = state_of(webhooks_[flight.webhook].pair);
  if (takes_no_cookies(webhooks_[flight.webhook].message)) return;
  const twilio::CookieWrite write = cookie_write(index, delivery);
  const SeamPlace at{flight.place, flight.number};
  faults::WriteEffect effect;
  if (seams_.asks(Seam::write, at)) {
    effect = seams_.at_write({pair.store.would_change(write), seams_.looks_finely()}, at,
                             delivery.faults);
  }
  if (effect.lost) return;
  if (effect.triggers_late > 0 || effect.events_late > 0) {
    const bool finely = effect.events_late > 0;
    pair.late.push_back(
        {write, finely ? effect.events_late : effect.triggers_late,
         finely ? LateWrite::Unit::triggers_and_stores : LateWrite::Unit::triggers});
  } else {
    pair.write(write);
  }
}

twilio::CookieWrite Scheduler::cookie_write(std::size_t index, const Delivery& delivery) const {
  const Flight& flight = flights_[index];
  return {flight.answer.cookies, webhooks_[flight.webhook].destination->url, *delivery.answered,
          delivery.number};
}

void Scheduler::duplicate(std::size_t index) {
  Webhook again = webhooks_[flights_[index].webhook];
  again.outcome.duplicate = true;
  again.kind = DeliveryKind::duplicate;
  again.attempts = again.refused = again.timed_out = 0;
  again.first_attempt = now_;
  webhooks_.push_back(std::move(again));
  ++under_way_;
  attempt(webhooks_.size() - 1);
}

void Scheduler::repeat(std::size_t index) {
  const Webhook& original = webhooks_[flights_[index].webhook];
  Webhook again;
  again.message = again.outcome.message = original.message;
  again.pair = original.pair;
  again.copy = ++copies_;
  again.outcome.duplicate = true;
  again.kind = DeliveryKind::repeat;
  again.destination = webhook_;
  again.method = method_;
  again.policy = settings_.policy;
  webhooks_.push_back(std::move(again));
  ++under_way_;
  request(webhooks_.size() - 1);
}

void Scheduler::intrude(std::size_t index, Signing signing) {
  const Webhook& original = webhooks_[flights_[index].webhook];
  Webhook intrusion;
  intrusion.message = intrusion.outcome.message = original.message;
  intrusion.pair = original.pair;
  intrusion.copy = ++copies_;
  intrusion.signing = signing;
  intrusion.kind = DeliveryKind::intrusion;
  intrusion.destination = webhook_;
  intrusion.method = method_;
  intrusion.policy = settings_.policy;
  intrusion.token = next_token_++;
  intrusion.first_attempt = now_;
  webhooks_.push_back(std::move(intrusion));
  Flight flight;
  flight.webhook = webhooks_.size() - 1;
  flight.triggered = now_;
  flights_.push_back(std::move(flight));
  ++on_the_way_;
  events_.push(now_ + kLatency, Arrive{flights_.size() - 1});
}

void Scheduler::fail(std::size_t index, Failure failure, const Answer& answer) {
  Webhook& webhook = webhooks_[index];
  const DeliveryPolicy& policy = webhook.policy;
  const bool time_left = now_ - webhook.first_attempt < policy.total_timeout;
  if (policy.retries_after(failure) && webhook.attempts <= policy.retries && time_left) {
    if (!webhook.outcome.duplicate) webhook.kind = DeliveryKind::retry;
    if (settings_.assume.new_retry_token) webhook.token = next_token_++;
    if (settings_.assume.fresh_retry_cookies) take_snapshot(webhook);
    attempt(index);
    return;
  }
  const int code = final_code(webhook, failure, answer.error_code);
  if (settings_.fallback && !webhook.fallback) {
    webhook.fallback = twilio::FallbackReason{code, webhook.destination->text.str()};
    webhook.destination = Destination(*settings_.fallback);
    webhook.method = "POST";
    webhook.policy = settings_.fallback_policy;
    webhook.kind = DeliveryKind::fallback;
    webhook.http_redirects = 0;
    request(index);
    return;
  }
  finish(webhook, answer.status / 100, code, answer.problem);
}

int Scheduler::final_code(const Webhook& webhook, Failure failure, int last) const {
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

void Scheduler::carry_out(std::size_t index, const SeenAnswer& seen) {
  Webhook& webhook = webhooks_[index];
  auto& messages = webhook.outcome.messages;
  const std::size_t earlier = messages.size();
  messages.insert(messages.end(), seen.messages.begin(), seen.messages.end());
  const auto replies = std::span(messages).subspan(earlier);
  warn(replies_.judge(webhook.pair, replies, earlier, now_));
  for (const ReplyMessage& reply : replies) expect_news_of_reply(webhook, reply);
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
  webhook.destination = Destination(next.url);
  if (!next.method.empty()) webhook.method = next.method;
  if (!webhook.outcome.duplicate) webhook.kind = DeliveryKind::redirect;
  request(index);
}

DeliveryPolicy Scheduler::policy_of(const twilio::Url& url) {
  try {
    return DeliveryPolicy::parse(url.fragment);
  } catch (const BadInput& error) {
    warn({fmt::format("{}: a <Redirect> has a fragment that is ignored: {}",
                      twilio::code::kMalformedUrl, error.what())});
    return {};
  }
}

bool Scheduler::may_reach(const twilio::Url& url) const {
  if (settings_.may_reach) return settings_.may_reach(url);
  return url.host == settings_.webhook.host;
}

void Scheduler::finish(Webhook& webhook, int status_class, int error_code, std::string problem) {
  webhook.outcome.status_class = status_class;
  webhook.outcome.error_code = error_code;
  webhook.outcome.problem = std::move(problem);
  result_.trace.outcomes.push_back(std::move(webhook.outcome));
  --under_way_;
}

}  // namespace crumbproof::run
