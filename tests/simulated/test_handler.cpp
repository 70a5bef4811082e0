#include <crumbproof/asio/timer.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/simulated/handler.hpp>
#include <crumbproof/suite/scenario.hpp>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "apps.hpp"
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

namespace crumbproof::simulated {

namespace {

using namespace std::chrono_literals;
using target::Ending;
using target::Exchange;
using target::Outgoing;

/// A target that answers with that handler.
template <class Handler>
std::unique_ptr<target::Target> target_of(Handler answer) {
  return handler(std::move(answer)).make();
}

Outgoing saying(const std::string& body, DeliveryNumber number = DeliveryNumber(1),
                Instant at = {}) {
  Request request;
  request.method = "POST";
  request.url = "http://app.test/sms";
  request.parameters = {{"From", "+12125550100"}, {"Body", body}};
  return {request, {}, number, at};
}

}  // namespace

TEST_CASE("a coroutine answers, and its timers take virtual time") {
  const auto app = target_of([](const Request& request) -> awaitable<Response> {
    co_await sleep(2s);
    co_return reply(std::string(request.parameter("Body")));
  });
  const Exchange exchange = app->send_outgoing(saying("hi"));
  CHECK(exchange.ending == Ending::answered);
  CHECK(exchange.response.body == reply("hi").body);
  CHECK(exchange.took == 2s);
}

TEST_CASE("the app's clock stands where the execution's does when a request arrives") {
  const auto app = target_of([](const Request&) -> awaitable<Response> {
    const auto since = asio::Clock::now().time_since_epoch();
    co_return reply(std::to_string(std::chrono::floor<std::chrono::seconds>(since).count()));
  });
  app->begin_execution();
  CHECK(app->send_outgoing(saying("a", DeliveryNumber(1), Instant(50ms))).response.body ==
        reply("0").body);
  CHECK(app->send_outgoing(saying("b", DeliveryNumber(2), Instant(4h))).response.body ==
        reply("14400").body);
  app->begin_execution();
  CHECK(app->send_outgoing(saying("a", DeliveryNumber(1), Instant(7s))).response.body ==
        reply("7").body);
}

TEST_CASE("what an app has answered is known for that moment only") {
  const auto app = target_of([](const Request&) -> awaitable<Response> { co_return reply("hi"); });
  run::SenderSettings settings;
  settings.webhook = twilio::Url::parse("http://app.test/sms");
  run::Runner runner(settings, *app, twilio::Identities("test"));
  run::PlannedChoices none({});
  const std::vector<Message> messages = messages_saying({"a", "b"});
  run::Plan plan{messages, faults::catalogue()};
  runner.run(plan, none);
  CHECK(runner.run_known(plan, none));
  plan.pauses = {{MessageIndex(1), 1h}};
  CHECK_FALSE(runner.run_known(plan, none));
}

TEST_CASE("a handler that throws has answered 500, and says why") {
  const auto app = target_of([](const Request& request) -> awaitable<Response> {
    if (request.parameter("Body") == "now") throw std::runtime_error("no such order");
    co_await sleep(1s);
    throw std::runtime_error("no such shop");
  });
  Exchange exchange = app->send_outgoing(saying("now"));
  CHECK(exchange.response.status == 500);
  CHECK(exchange.detail == "the handler threw: no such order");
  exchange = app->send_outgoing(saying("later"));
  CHECK(exchange.response.status == 500);
  CHECK(exchange.detail == "the handler threw: no such shop");
}

TEST_CASE("an exception in another handler cuts what is in flight, and the app goes on") {
  const auto app = target_of([](const Request& request) -> awaitable<Response> {
    const auto executor = co_await boost::asio::this_coro::executor;
    if (request.parameter("Body") == "crash") {
      boost::asio::post(executor, []() -> void { throw std::runtime_error("out of beans"); });
      co_await sleep(1s);
    }
    co_return reply("fine");
  });
  const Exchange exchange = app->send_outgoing(saying("crash"));
  CHECK(exchange.ending == Ending::cut);
  CHECK(exchange.detail == "an exception left a handler of the app: out of beans");
  CHECK(app->send_outgoing(saying("again")).response.body == reply("fine").body);
}

TEST_CASE("one that waits for what never comes is a time-out at once") {
  const auto app = target_of([](const Request&) -> awaitable<Response> {
    asio::BasicTimer timer(co_await boost::asio::this_coro::executor, asio::kNever);
    co_await timer.async_wait(use_awaitable);
    co_return reply("never");
  });
  const Exchange exchange = app->send_outgoing(saying("hi"));
  CHECK(exchange.ending == Ending::timed_out);
  CHECK_THAT(exchange.detail, Catch::Contains("never comes"));
}

TEST_CASE("one that takes longer than the sender waits is a time-out in virtual time") {
  const auto app = target_of([](const Request&) -> awaitable<Response> {
    co_await sleep(20s);
    co_return reply("late");
  });
  const Exchange exchange = app->send_outgoing(saying("hi"));
  CHECK(exchange.ending == Ending::timed_out);
  CHECK(exchange.took == 15s);
}

TEST_CASE("one that runs for ever while no time passes is a time-out") {
  const auto app = target_of([](const Request&) -> awaitable<Response> {
    while (true) co_await yield();
  });
  const Exchange exchange = app->send_outgoing(saying("hi"));
  CHECK(exchange.ending == Ending::timed_out);
  CHECK(exchange.detail == "the app ran 1000000 handlers without an answer");
}

TEST_CASE("what a delivery leaves behind for ever is a warning that names it") {
  using boost::asio::experimental::channel;
  const auto leak = GENERATE(0, 1);
  const App app = handler([leak](asio::Context& context) {
    auto orders = std::make_shared<channel<void(boost::system::error_code)>>(context);
    return [leak, orders](const Request& request) -> awaitable<Response> {
      const auto executor = co_await boost::asio::this_coro::executor;
      if (request.parameter("Body") == "two") {
        boost::asio::co_spawn(
            executor,
            [leak, orders]() -> awaitable<void> {
              asio::BasicTimer timer(co_await boost::asio::this_coro::executor, asio::kNever);
              if (leak == 0) co_await timer.async_wait(use_awaitable);
              co_await orders->async_receive(use_awaitable);
            },
            boost::asio::detached);
      }
      co_return reply(std::string(request.parameter("Body")));
    };
  });
  const Report report = check(app, Scenario{}.say({"one", "two", "three"}).faults("missing"));
  INFO(report.text);
  CHECK(report.passed());
  CHECK_THAT(
      report.text,
      Catch::Contains(leak == 0 ? "delivery 2 left a timer wait behind that never ends"
                                : "left coroutines or channel operations behind that never end"));
}

TEST_CASE("a time-out in virtual time is what the report names the delivery by") {
  const App app = handler([](const Request& request) -> awaitable<Response> {
    const bool known = request.cookie("seen").has_value();
    if (request.parameter("Body") == "two" && !known) co_await sleep(1h);
    Response response = reply("fine");
    response.set_cookie("seen=1");
    co_return response;
  });
  const Report report = check(app, Scenario{}.say({"one", "two"}));
  CHECK(found(report) == R"(no-crash: "one", "two"; missing at delivery 2)");
  CHECK(report.result.counterexamples.front().actual.deliveries.at(1).answer->problem ==
        "15000 ms of virtual time passed before the answer was whole");
}

}  // namespace crumbproof::simulated
