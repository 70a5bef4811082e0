#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof::run {

using Texts = std::vector<std::string>;
using target::Exchange;
using twilio::Request;
using twilio::Response;

/// An app that keeps no state of its own; a test can look at what it was sent.
class FunctionTarget final : public target::Target {
 public:
  using Function = std::function<Exchange(const Request&)>;

  explicit FunctionTarget(Function function) : function_(std::move(function)) {}

  void begin_execution() override {
    requests_.clear();
    together_.clear();
  }
  Exchange send(const Request& request) override {
    requests_.push_back(request);
    return function_(request);
  }

  std::vector<Exchange> send_together(std::span<const target::Outgoing> requests) override {
    together_.push_back(requests.size());
    return Target::send_together(requests);
  }

  /// Of the last execution.
  [[nodiscard]] const std::vector<Request>& requests() const { return requests_; }
  /// How many requests were in flight at once, each time that several were.
  [[nodiscard]] const std::vector<std::size_t>& together() const { return together_; }

 private:
  Function function_;
  std::vector<Request> requests_;
  std::vector<std::size_t> together_;
};

inline Exchange answered(Response response) {
  Exchange exchange;
  exchange.response = std::move(response);
  return exchange;
}

inline Response reply(const std::string& text) {
  return Response::twiml("<Response><Message>" + text + "</Message></Response>");
}

inline Response redirect_to(const std::string& url) {
  return Response::twiml("<Response><Redirect>" + url + "</Redirect></Response>");
}

/// Says which cookies came, and sets the one that the message writes out, as in "a=1; Path=/".
/// A message that starts with "-" sets none.
inline Exchange mirror(const Request& request) {
  const auto cookies = twilio::find_header(request.headers, "Cookie");
  Response response = reply(cookies ? std::string(*cookies) : "none");
  const std::string body(request.parameter("Body"));
  if (!body.starts_with('-')) response.set_cookie(body);
  return answered(std::move(response));
}

inline Fault fault(std::string kind, std::uint32_t delivery,
                   std::optional<Parameter> parameter = std::nullopt) {
  return {std::move(kind), DeliveryNumber(delivery), std::move(parameter)};
}

inline constexpr Duration kMinute = std::chrono::minutes(1);

inline std::vector<Message> say(std::initializer_list<std::string> bodies, Duration gap = kMinute) {
  std::vector<Message> messages;
  for (const std::string& body : bodies) {
    messages.push_back({PairIndex(0), body, Instant(gap * static_cast<int>(messages.size()))});
  }
  return messages;
}

inline SenderSettings sender() {
  SenderSettings settings;
  settings.webhook = twilio::Url::parse("http://app.test/sms");
  return settings;
}

/// A sender and an app to play against.
struct Stage {
  explicit Stage(FunctionTarget::Function app = mirror) : target(std::move(app)) {}

  /// The schedule; every fault has to find its place.
  Executed run(const std::vector<Message>& messages, const std::vector<Fault>& faults = {}) {
    PlannedChoices choices(faults);
    Executed executed = runner.run_on_app({messages, faults::catalogue()}, choices);
    INFO("deliveries: " << to_string(executed.trace));
    CHECK(choices.fits());
    return executed;
  }

  /// The fresh twin of an execution of the same messages.
  Executed twin(const std::vector<Message>& messages, const Executed& faulted) {
    SameDeliveries choices(faulted.faults);
    return runner.run_on_app(
        {messages, faults::parse_list("duplicate,lost-response,drop,reorder"), Cookies::perfect},
        choices);
  }

  SenderSettings settings = sender();
  FunctionTarget target;
  Runner runner{settings, target, twilio::Identities("stage")};
};

/// What the sender of each message got first, outcome by outcome; "-" for nothing.
inline std::vector<std::string> replies(const Executed& executed) {
  std::vector<std::string> replies;
  for (const Outcome& outcome : executed.trace.outcomes) {
    replies.push_back(outcome.messages.empty() ? "-" : outcome.messages.front().body);
  }
  return replies;
}

inline std::vector<DeliveryKind> kinds(const Executed& executed) {
  std::vector<DeliveryKind> kinds;
  for (const Delivery& delivery : executed.trace.deliveries) kinds.push_back(delivery.kind);
  return kinds;
}

/// The Cookie header of each request, delivery by delivery; "none" without one.
inline std::vector<std::string> cookie_headers(const std::vector<Request>& requests) {
  std::vector<std::string> cookies;
  for (const Request& request : requests) {
    cookies.emplace_back(twilio::find_header(request.headers, "Cookie").value_or("none"));
  }
  return cookies;
}

inline std::string header(const Request& request, const std::string& name) {
  return std::string(twilio::find_header(request.headers, name).value_or("none"));
}

inline std::string token(const Request& request) {
  return std::string(
      twilio::find_header(request.headers, "I-Twilio-Idempotency-Token").value_or(""));
}

inline Instant at(std::int64_t milliseconds) { return Instant(Duration(milliseconds)); }

}  // namespace crumbproof::run
