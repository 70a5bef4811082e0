#include <string>

#include "../http/loopback_port.hpp"
#include "../http/scripted_server.hpp"
#include "between.hpp"
#include "webhooks.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

const std::string kWebhook = webhook_bytes("+14155550101", "hi", "a=1");
const std::string kNoWebhook = "PUT /up HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";

std::string answer_of(const RunningProxy& proxy, const std::string& request) {
  RawSender sender(proxy.port());
  sender.send(request);
  return sender.read_to_end();
}

/// The one line that the proxy says in the place of the app.
std::string line_of(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}

}  // namespace

TEST_CASE("an app that is down is told in one line, with 502") {
  const LoopbackPort port;
  RunningProxy proxy("http://" + port.name());
  for (const std::string& request : {kWebhook, kNoWebhook}) {
    const std::string answer = answer_of(proxy, request);
    CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 502 Bad Gateway\r\n"));
    CHECK(line_of(answer) == "crumbproof proxy: the app at http://" + port.name() +
                                 " cannot be reached: Connection refused\n");
  }
  proxy.finish();
  CHECK_THAT(proxy.notes(), Catch::Contains("cannot be reached"));
}

TEST_CASE("an app that closes the connection without an answer is told, with 502") {
  const auto close = [](ServedConnection& connection) { connection.request(); };
  ScriptedServer app({close, close});
  RunningProxy proxy(app.url(""));
  for (const std::string& request : {kWebhook, kNoWebhook}) {
    const std::string answer = answer_of(proxy, request);
    CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 502 "));
    CHECK(line_of(answer) ==
          "crumbproof proxy: the app did not answer: it has closed the connection\n");
  }
}

TEST_CASE("an app whose answer is no HTTP is told, with 502") {
  ScriptedServer app({answering("hello\r\n\r\n")});
  RunningProxy proxy(app.url(""));
  CHECK_THAT(answer_of(proxy, kWebhook),
             Catch::StartsWith("HTTP/1.1 502 ") && Catch::Contains("the app did not answer: "));
}

TEST_CASE("an app that is silent for too long is told, with 504") {
  const auto wait = [](ServedConnection& connection) { connection.wait_until_closed(); };
  ScriptedServer app({wait, wait});
  proxy::Settings settings;
  settings.patience = std::chrono::milliseconds(100);
  RunningProxy proxy(app.url(""), settings);
  for (const std::string& request : {kWebhook, kNoWebhook}) {
    const std::string answer = answer_of(proxy, request);
    CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 504 Gateway Timeout\r\n"));
    CHECK(line_of(answer) ==
          "crumbproof proxy: the app did not answer: it was silent for too long\n");
  }
}

TEST_CASE("an answer that breaks off breaks off for the sender too") {
  const std::string half = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
  ScriptedServer app({answering(half)});
  RunningProxy proxy(app.url(""));
  CHECK(answer_of(proxy, kWebhook) == half);
}

TEST_CASE("an app that has closed an idle connection is asked on another one") {
  const auto once = answering(ok("x"));
  ScriptedServer app({once, once, once});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  for (const std::string& request : {kWebhook, kNoWebhook, kWebhook}) {
    sender.send(request);
    CHECK(sender.read(ok("x").size()) == ok("x"));
  }
  CHECK(app.finish() == 3);
}

TEST_CASE("an app that ends its connection ends the sender's") {
  const std::string last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx";
  ScriptedServer app({answering(last)});
  RunningProxy proxy(app.url(""));
  CHECK(answer_of(proxy, kWebhook) == last);
}

TEST_CASE("a sender that speaks no HTTP gets 400") {
  const LoopbackPort port;
  RunningProxy proxy("http://" + port.name());
  CHECK_THAT(answer_of(proxy, "hello\r\n\r\n"),
             Catch::StartsWith("HTTP/1.1 400 Bad Request\r\n") &&
                 Catch::Contains("crumbproof proxy: this is no HTTP: "));
  const std::string endless = "GET / HTTP/1.1\r\nX: " + std::string(300 * 1024, 'x');
  CHECK_THAT(answer_of(proxy, endless), Catch::StartsWith("HTTP/1.1 400 "));
}

TEST_CASE("in the end idle connections are closed, and what is under way is answered") {
  ScriptedServer app({answering(ok("x"))});
  RunningProxy proxy(app.url(""));
  RawSender idle(proxy.port());
  RawSender used(proxy.port());
  used.send(kWebhook);
  CHECK(used.read(ok("x").size()) == ok("x"));
  proxy.finish();
  CHECK(idle.read_to_end().empty());
  CHECK(used.read_to_end().empty());
}
