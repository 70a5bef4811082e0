#include <crumbproof/target/handler_target.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "../http/scripted_server.hpp"
#include "../serving/app_server.hpp"
#include "between.hpp"
#include "webhooks.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using Texts = std::vector<std::string>;

namespace {

const std::string kTexter = "+14155550101";

/// Answers each text with itself and a cookie of that value.
AppServer echo_app(AppServer::Threads threads = AppServer::Threads::one_each) {
  return AppServer(
      [] {
        return [](const twilio::Request& request) {
          const std::string text(request.parameter("Body"));
          return twilio::Response::twiml("<" + text + "/>").set_cookie("said=" + text);
        };
      },
      threads);
}

std::string origin_of_app(const AppServer& app) {
  return app.url().substr(0, app.url().size() - std::string_view("/sms").size());
}

proxy::Settings faulty(const Texts& faults) {
  proxy::Settings settings;
  settings.stage = stage_settings(faults);
  settings.hold = std::chrono::seconds(9);
  return settings;
}

/// What one sender is answered to that text, on a connection of its own.
std::string say(const RunningProxy& proxy, const std::string& text, const std::string& cookies = {},
                const std::string& from = kTexter) {
  RawSender sender(proxy.port());
  sender.send(webhook_bytes(from, text, cookies));
  return sender.answer();
}

/// The texts of the requests that the app got, in their order.
Texts texts_of(const AppServer& app) {
  Texts texts;
  for (const std::string& request : app.requests()) {
    texts.push_back(request.substr(request.find("Body=") + 5));
  }
  return texts;
}

}  // namespace

TEST_CASE("a dropped delivery never reaches the app, and its sender is told with 502") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app), faulty({"drop=1"}));
  const std::string answer = say(proxy, "one");
  CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 502 Bad Gateway\r\n") &&
                         Catch::EndsWith("crumbproof proxy: this delivery was dropped on "
                                         "purpose\n"));
  proxy.finish();
  CHECK(app.requests().empty());
  CHECK(proxy.deeds() == "drop;");
  CHECK(proxy.events().front().status == 502);
}

TEST_CASE("a lost answer: the app has handled the request, its sender gets 502") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app), faulty({"lost-response=1"}));
  CHECK_THAT(say(proxy, "one"), Catch::StartsWith("HTTP/1.1 502 "));
  proxy.finish();
  CHECK(texts_of(app) == Texts{"one"});
  CHECK(proxy.deeds() == "lost-response;");
}

TEST_CASE("what is lost can be silence, until the sender gives up or the proxy ends") {
  AppServer app = echo_app();
  proxy::Settings settings = faulty({"lost-response=1"});
  settings.silent_loss = true;
  RunningProxy proxy(origin_of_app(app), settings);
  RawSender gives_up(proxy.port());
  gives_up.send(webhook_bytes(kTexter, "one", ""));
  gives_up.end_writing();
  CHECK(gives_up.read_to_end().empty());
  RawSender waits(proxy.port());
  waits.send(webhook_bytes(kTexter, "two", ""));
  while (app.requests().size() < 2) std::this_thread::yield();
  proxy.finish();
  CHECK(waits.read_to_end().empty());
  REQUIRE(proxy.events().size() == 2);
  CHECK(proxy.events().front().status == 0);
  CHECK(proxy.deeds() == "lost-response;lost-response;");
}

TEST_CASE("a duplicate reaches the app twice, the same to the byte, and is answered once") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app), faulty({"duplicate=1"}));
  CHECK_THAT(say(proxy, "one", "a=1"), Catch::EndsWith("<one/>"));
  proxy.finish();
  REQUIRE(app.requests().size() == 2);
  CHECK(app.requests()[0] == webhook_bytes(kTexter, "one", "a=1"));
  CHECK(app.requests()[1] == app.requests()[0]);
  CHECK(proxy.deeds() == "duplicate;");
}

TEST_CASE("a duplicate may be lost as well") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app), faulty({"duplicate=1", "lost-response=1"}));
  CHECK_THAT(say(proxy, "one"), Catch::StartsWith("HTTP/1.1 502 "));
  proxy.finish();
  CHECK(texts_of(app) == Texts{"one", "one"});
}

TEST_CASE("cookies are degraded on the way to the app and on the way back") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app), faulty({"missing=1", "lost-write=1"}));
  const std::string answer = say(proxy, "one", "a=1");
  CHECK(answer.find("Set-Cookie") == std::string::npos);
  CHECK_THAT(answer, Catch::EndsWith("<one/>"));
  proxy.finish();
  CHECK(app.requests() == Texts{webhook_bytes(kTexter, "one", "")});
  CHECK(proxy.deeds() == "missing;lost-write;");
}

TEST_CASE("a delivery is held until the next one of its pair is answered, and so comes after it") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app), faulty({"reorder=1"}));
  RawSender first(proxy.port());
  first.send(webhook_bytes(kTexter, "one", ""));
  // Another pair's delivery, which is held as well, lets none go.
  RawSender other(proxy.port());
  other.send(webhook_bytes("+14155550199", "other", ""));
  std::string second;
  // Which of the two is the second is up to the system, until the proxy has read the first.
  RawSender next(proxy.port());
  next.send(webhook_bytes(kTexter, "two", ""));
  const std::string answers = first.answer() + next.answer();
  CHECK(answers.find("<one/>") != std::string::npos);
  CHECK(answers.find("<two/>") != std::string::npos);
  CHECK_THAT(say(proxy, "more", "", "+14155550199"), Catch::EndsWith("<more/>"));
  CHECK_THAT(other.answer(), Catch::EndsWith("<other/>"));
  proxy.finish();
  const auto& events = proxy.events();
  REQUIRE(events.size() == 4);
  // Of each pair the delivery that came first ends last.
  CHECK(events[0].course->number == 2);
  CHECK(events[1].course->number == 1);
  CHECK(events[1].course->deeds.front().words == "held until the next delivery was answered");
  CHECK(texts_of(app).size() == 4);
}

TEST_CASE("two deliveries are in flight at once") {
  // Neither is answered before both have come.
  ScriptedServer app({[](ServedConnection& connection) {
                        connection.request();
                        connection.send(ok("1"));
                      },
                      [](ServedConnection& connection) {
                        connection.request();
                        connection.send(ok("2"));
                      }},
                     nullptr, ScriptedServer::Threads::one_each);
  RunningProxy proxy(app.url(""), faulty({"overlap=1"}));
  RawSender first(proxy.port());
  first.send(webhook_bytes(kTexter, "one", ""));
  RawSender second(proxy.port());
  second.send(webhook_bytes(kTexter, "two", ""));
  CHECK_THAT(first.answer() + second.answer(), Catch::StartsWith("HTTP/1.1 200 OK"));
  proxy.finish();
  CHECK(proxy.deeds() == "overlap;");
  const auto held = std::ranges::find_if(
      proxy.events(), [](const proxy::Event& event) { return !event.course->deeds.empty(); });
  CHECK(held->course->deeds.front().words == "held until the next delivery came");
}

TEST_CASE("a delivery that no other follows is held for a bounded time") {
  AppServer app = echo_app();
  proxy::Settings settings = faulty({"reorder=1"});
  settings.hold = std::chrono::milliseconds(1);
  RunningProxy proxy(origin_of_app(app), settings);
  CHECK_THAT(say(proxy, "one"), Catch::EndsWith("<one/>"));
  proxy.finish();
  CHECK(proxy.events().front().course->deeds.front().words ==
        "held, but no other delivery came in time");
}

TEST_CASE("what is no webhook passes, whatever the rates") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app), faulty({"drop=1", "missing=1", "lost-write=1"}));
  const std::string request =
      "POST /sms HTTP/1.1\r\nHost: app\r\nCookie: a=1\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nBody=mine";
  RawSender sender(proxy.port());
  sender.send(request);
  CHECK_THAT(sender.answer(), Catch::Contains("Set-Cookie: said=mine\r\n"));
  proxy.finish();
  CHECK(app.requests() == Texts{request});
  CHECK(proxy.totals().webhooks == 0);
  CHECK(proxy.totals().others == 1);
}

TEST_CASE("many senders at once are served at once, each with what is its own") {
  AppServer app = echo_app();
  RunningProxy proxy(origin_of_app(app));
  constexpr int kMany = 60;
  std::vector<std::unique_ptr<RawSender>> senders;
  for (int n = 0; n < kMany; ++n) {
    senders.push_back(std::make_unique<RawSender>(proxy.port()));
    senders.back()->send(
        webhook_bytes("+1415555" + std::to_string(1000 + n), "m" + std::to_string(n), ""));
  }
  for (int n = kMany; n-- > 0;) {
    CHECK_THAT(senders[static_cast<std::size_t>(n)]->answer(),
               Catch::EndsWith("<m" + std::to_string(n) + "/>"));
  }
  proxy.finish();
  CHECK(proxy.totals().webhooks == kMany);
  CHECK(proxy.totals().pairs == kMany);
}
