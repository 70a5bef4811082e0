#include <crumbproof/sim/trace.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof {

namespace {

std::int64_t millis(Instant at) { return at.time_since_epoch().count(); }
std::int64_t millis(const std::optional<Instant>& at) { return at ? millis(*at) : -1; }

void add(Hasher& hasher, const std::vector<ReplyMessage>& messages) {
  hasher.add(messages.size());
  for (const ReplyMessage& message : messages) {
    hasher.add(message.to).add(message.from).add(message.body).add(message.media.size());
    for (const std::string& url : message.media) hasher.add(url);
    hasher.add(message.status_callback).add(message.error_code);
  }
}

void add(Hasher& hasher, const Delivery& delivery) {
  hasher.add(delivery.number.value())
      .add(delivery.message.value())
      .add(delivery.pair.value())
      .add(to_string(delivery.kind))
      .add(delivery.method.str())
      .add(delivery.url.str());
  hasher.add(delivery.cookies.size());
  for (const CookieSent& cookie : delivery.cookies) {
    hasher.add(cookie.name).add(cookie.set_by.value());
  }
  hasher.add(delivery.faults.size());
  for (const std::string& fault : delivery.faults) hasher.add(fault);
  hasher.add(millis(delivery.triggered))
      .add(millis(delivery.arrived))
      .add(millis(delivery.answered))
      .add(millis(delivery.received));
  const Answer& answer = *delivery.answer;
  hasher.add(answer.status).add(answer.content_type).add(answer.body).add(answer.error_code);
  hasher.add(answer.next).add(answer.handlers);
  hasher.add(answer.set_cookies.size());
  for (const std::string& name : answer.set_cookies) hasher.add(name);
  add(hasher, delivery.sent);
  hasher.add(delivery.news);
}

void add(Hasher& hasher, const Outcome& outcome) {
  hasher.add(outcome.message.value())
      .add(static_cast<int>(outcome.duplicate))
      .add(outcome.last.value())
      .add(outcome.status_class)
      .add(outcome.error_code);
  add(hasher, outcome.messages);
}

}  // namespace

std::uint64_t Trace::hash() const {
  Hasher hasher;
  hasher.add(deliveries.size());
  for (const Delivery& delivery : deliveries) add(hasher, delivery);
  hasher.add(outcomes.size());
  for (const Outcome& outcome : outcomes) add(hasher, outcome);
  hasher.add(probe ? 1 : 0).add(probe.value_or(""));
  return hasher.value();
}

std::string_view to_string(DeliveryKind kind) {
  switch (kind) {
    case DeliveryKind::first:
      return "first";
    case DeliveryKind::retry:
      return "retry";
    case DeliveryKind::duplicate:
      return "duplicate";
    case DeliveryKind::fallback:
      return "fallback";
    case DeliveryKind::redirect:
      return "redirect";
    case DeliveryKind::repeat:
      return "repeat";
    case DeliveryKind::intrusion:
      return "intrusion";
    case DeliveryKind::callback:
      return "callback";
  }
  return "first";
}

std::string to_string(const Trace& trace) {
  std::string text;
  for (const Delivery& delivery : trace.deliveries) {
    std::vector<std::string> cookies;
    cookies.reserve(delivery.cookies.size());
    for (const CookieSent& cookie : delivery.cookies) {
      cookies.push_back(fmt::format("{}@{}", cookie.name, cookie.set_by.value()));
    }
    text += fmt::format("{} message {} {} {} {} cookies [{}] faults [{}] -> {} {}\n",
                        delivery.number.value(), delivery.message.value() + 1,
                        to_string(delivery.kind), delivery.method.str(), delivery.url.str(),
                        fmt::join(cookies, " "), fmt::join(delivery.faults, " "),
                        delivery.answer->status, delivery.answer->problem);
  }
  return text;
}

}  // namespace crumbproof
