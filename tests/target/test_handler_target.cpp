#include <crumbproof/target/handler_target.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof;
using target::Ending;
using target::Exchange;
using target::Handler;
using target::HandlerTarget;

namespace {

twilio::Request saying(std::string body) {
  return {"POST", "http://app.test/sms", {{"Body", std::move(body)}}, {}};
}

/// Counts its messages, from 1 in each new handler.
Handler counting() {
  return [count = 0](const twilio::Request& request) mutable {
    ++count;
    return twilio::Response::twiml(std::string(request.parameter("Body")) + std::to_string(count));
  };
}

}  // namespace

TEST_CASE("A handler's answer is the exchange's, and the handler keeps its state") {
  HandlerTarget target(counting);
  target.begin_execution();
  const Exchange first = target.send(saying("a"));
  CHECK(first.ending == Ending::answered);
  CHECK(first.response.status == 200);
  CHECK(first.response.body == "a1");
  CHECK(first.detail.empty());
  CHECK(first.took > std::chrono::nanoseconds(0));
  CHECK(target.send(saying("b")).response.body == "b2");
}

TEST_CASE("An execution starts with a handler made anew") {
  HandlerTarget target(counting);
  target.begin_execution();
  target.send(saying("a"));
  target.begin_execution();
  CHECK(target.send(saying("a")).response.body == "a1");
}

TEST_CASE("A handler is there before the first execution begins") {
  HandlerTarget target(counting);
  CHECK(target.send(saying("a")).response.body == "a1");
}

TEST_CASE("A handler that throws answers 500, with what it threw as the detail") {
  HandlerTarget target([] {
    return [](const twilio::Request& request) -> twilio::Response {
      if (request.parameter("Body") == "number") throw 7;
      throw std::runtime_error("no such order");
    };
  });
  target.begin_execution();
  const Exchange exchange = target.send(saying("order"));
  CHECK(exchange.ending == Ending::answered);
  CHECK(exchange.response.status == 500);
  CHECK(exchange.response.body.empty());
  CHECK(exchange.detail == "the handler threw: no such order");
  CHECK(target.send(saying("number")).detail ==
        "the handler threw: something that is no std::exception");
}

TEST_CASE(
    "A handler that can be copied goes on from a state that was saved, as often as one likes") {
  class Counts final : public target::ForkableHandler {
   public:
    explicit Counts(int count) : count_(count) {}
    twilio::Response answer(const twilio::Request& request) override {
      if (request.parameter("Body") == "stop") throw std::runtime_error("stopped");
      return twilio::Response::twiml(std::to_string(++count_));
    }
    [[nodiscard]] std::unique_ptr<ForkableHandler> fork() const override {
      return std::make_unique<Counts>(count_);
    }

   private:
    int count_;
  };
  target::ForkingTarget target(std::make_unique<Counts>(0));
  CHECK(target.send(saying("a")).response.body == "1");
  const auto after_one = target.save();
  CHECK(target.send(saying("b")).response.body == "2");
  for (int times = 0; times < 2; ++times) {
    target.restore(*after_one);
    CHECK(target.send(saying("c")).response.body == "2");
  }
  CHECK(target.send(saying("stop")).detail == "the handler threw: stopped");
  target.begin_execution();
  CHECK(target.send(saying("d")).response.body == "1");
}
