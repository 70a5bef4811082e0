#include <crumbproof/run/scheduler.hpp>

#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

using faults::DeliverEffect;

void Scheduler::expect_news_of_reply(const Webhook& webhook, const ReplyMessage& reply) {
  ++replies_sent_;
  if (reply.error_code != 0 || reply.status_callback.empty()) return;
  const std::string sid = fmt::format("{{ReplySid:{}}}", replies_sent_);
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

void Scheduler::expect_news_of_sent(const Webhook& webhook, const std::vector<ReplyMessage>& sent) {
  for (const ReplyMessage& message : sent) {
    ++messages_sent_;
    if (message.error_code != 0 || message.status_callback.empty()) continue;
    const std::string sid = fmt::format("{{SentSid:{}}}", messages_sent_);
    expect_news(webhook, message.status_callback, {sid, {}, message.to, message.from});
  }
}

void Scheduler::expect_news(const Webhook& webhook, const std::string& callback,
                            const StatusNews& news) {
  // Resolved before: a URL that is none is a warning of its document's.
  const twilio::Url url = webhook.destination->url.resolve(callback);
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

void Scheduler::on(const CallBack& event) {
  if (!waiting_.empty()) {
    events_.push(now_ + kLatency, event);
    return;
  }
  Callback& callback = callbacks_[event.callback];
  PairState& pair = state_of(callback.pair);
  if (callback.overtaker != 0 && !callback.held_back && !callback.duplicate) {
    const auto effect = seams_.at_send({pair.store, callback.url, now_, false, 1}, callback.place,
                                       DeliveryNumber(arrived_ + 1));
    if (effect.overtaken_by > 0) {
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
      seams_.at_deliver({.duplicate = callback.duplicate, .callback = !callback.duplicate},
                        {callback.place, delivery.number}, delivery.faults);
  const auto answer = ask(callback);
  if (!answer) {
    unknown_ = true;
    return;
  }
  delivery.answer = answer_of(answer->seen);
  // No news is expected of these, or an app could go on for ever.
  delivery.sent = answer->seen->sent;
  messages_sent_ += static_cast<std::uint32_t>(delivery.sent.size());
  if (delivery.answer->status / 100 != 2) {
    warn({fmt::format(
        "a status callback was answered with {}; Twilio does not care, but its news "
        "may be lost",
        delivery.answer->status == 0 ? delivery.answer->problem
                                     : fmt::format("status {}", delivery.answer->status))});
  }
  result_.trace.deliveries.push_back(std::move(delivery));
  if (effect != DeliverEffect::duplicate) return;
  Callback again = callbacks_[event.callback];
  again.duplicate = true;
  callbacks_.push_back(std::move(again));
  events_.push(now_ + kLatency, CallBack{callbacks_.size() - 1});
}

std::optional<AppAnswer> Scheduler::ask(const Callback& callback) {
  AppRequest request;
  request.key = {pair_names_(callback.pair),
                 message_names_({callback.message, 0}),
                 token_names_(callback.token),
                 0,
                 "POST",
                 callback.url.without_user_and_fragment(),
                 {},
                 fmt::format("{} is {}", callback.news.sid, callback.news.status),
                 {}};
  place_in_time(request);
  request.pair = callback.pair;
  request.message = callback.message;
  request.token = callback.token;
  request.said = &plan_.messages[callback.message.index()];
  request.url = &callback.url;
  request.method = "POST";
  request.news = callback.news;
  request.number = DeliveryNumber(arrived_);
  return answers_.answer(request, values_);
}

}  // namespace crumbproof::run
