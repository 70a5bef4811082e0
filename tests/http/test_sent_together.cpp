#include <crumbproof/http/http_target.hpp>

#include <chrono>
#include <cstddef>
#include <future>
#include <string>
#include <vector>

#include "certificate.hpp"
#include "loopback_port.hpp"
#include "posting.hpp"
#include "scripted_server.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace std::chrono_literals;
using http::HttpOptions;
using http::HttpTarget;
using target::Ending;
using target::Exchange;

TEST_CASE("Requests that are sent together are in flight at once, on a connection each") {
  std::promise<void> second_came;
  ScriptedServer waiting({[&](ServedConnection& connection) {
    connection.request();
    second_came.get_future().wait();
    connection.send(ok("first"));
  }});
  ScriptedServer other({[&](ServedConnection& connection) {
    connection.request();
    second_came.set_value();
    connection.send(ok("second"));
  }});
  HttpTarget target;
  CHECK(target.sends_together());
  const std::vector<target::Outgoing> requests{{post(waiting.url()), {}}, {post(other.url()), {}}};
  const std::vector<Exchange> exchanges = target.send_together(requests);
  REQUIRE(exchanges.size() == 2);
  CHECK(exchanges[0].response.body == "first");
  CHECK(exchanges[1].response.body == "second");
}

TEST_CASE("Of requests that are sent together each has an ending of its own") {
  ScriptedServer server({answering(ok("here"))});
  const LoopbackPort nobody;
  HttpTarget target;
  const std::vector<target::Outgoing> requests{{post("http://" + nobody.name() + "/"), {}},
                                               {post(server.url()), {}}};
  const std::vector<Exchange> exchanges = target.send_together(requests);
  REQUIRE(exchanges.size() == 2);
  CHECK(exchanges[0].ending == Ending::unreachable);
  CHECK(exchanges[0].why == target::Unreachable::refused);
  CHECK(exchanges[1].response.body == "here");
}

TEST_CASE("A server that takes one connection at a time gets through requests sent together") {
  const auto keeps_open = [](const std::string& answer) {
    return [answer](ServedConnection& connection) {
      connection.request();
      connection.send(ok(answer));
      connection.wait_until_closed();
    };
  };
  ScriptedServer server({keeps_open("before"), keeps_open("one"), keeps_open("two")});
  HttpOptions options;
  options.limits.timeout = 2s;  // sooner than the server gives up
  HttpTarget target(options);
  CHECK(target.send(post(server.url())).response.body == "before");
  const std::vector<target::Outgoing> requests{{post(server.url()), {}}, {post(server.url()), {}}};
  const std::vector<Exchange> exchanges = target.send_together(requests);
  REQUIRE(exchanges.size() == 2);
  CHECK(exchanges[0].response.body == "one");
  CHECK(exchanges[1].response.body == "two");
}

TEST_CASE("Requests that are sent together ask for their connections to be closed") {
  std::string seen;
  ScriptedServer server({[&](ServedConnection& connection) {
    seen = connection.request();
    connection.send(ok("here"));
  }});
  HttpTarget target;
  const std::vector<target::Outgoing> requests{{post(server.url()), {}}};
  CHECK(target.send_together(requests).front().response.body == "here");
  server.finish();
  CHECK(seen.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE(
    "A server that serves several connections at once keeps those of requests sent together") {
  const TestCertificate certificate;
  const bool tls = GENERATE(false, true);
  // Answers until the client has closed the connection.
  const auto serving = [](ServedConnection& connection) {
    while (true) {
      const std::string request = connection.request();
      if (!request.ends_with("hi")) return;
      connection.send(ok(request.find("Connection: close") == std::string::npos ? "kept" : "once"));
    }
  };
  ScriptedServer server(std::vector<ScriptedServer::Script>(8, serving),
                        tls ? certificate.server() : nullptr, ScriptedServer::Threads::one_each);
  HttpOptions options;
  options.tls.verify = false;
  std::size_t connections = 0;
  {
    HttpTarget target(options);
    const std::string url = tls ? "https" + server.url().substr(4) : server.url();
    const auto alone = [&] { return target.send(post(url)).response.body; };
    const auto together = [&] {
      const std::vector<target::Outgoing> requests{{post(url), {}}, {post(url), {}}};
      const std::vector<Exchange> exchanges = target.send_together(requests);
      return exchanges.front().response.body + " " + exchanges.back().response.body;
    };
    CHECK(alone() == "kept");
    CHECK(together() == "once once");
    CHECK(alone() == "kept");
    CHECK(alone() == "kept");  // on another connection, beside that one
    CHECK(together() == "kept kept");
    CHECK(together() == "kept kept");
    CHECK(alone() == "kept");
  }
  // The first, two closed ones, another first, and one beside it; that first was closed then.
  connections = server.finish();
  CHECK(connections == 6);
}

TEST_CASE("A server that takes one connection at a time is not asked on two for long") {
  const auto keeps_open = [](int requests) {
    return [requests](ServedConnection& connection) {
      for (int n = 0; n < requests; ++n) {
        connection.request();
        connection.send(ok("here"));
      }
      connection.wait_until_closed();
    };
  };
  ScriptedServer server(
      {keeps_open(1), keeps_open(1), keeps_open(1), keeps_open(2), keeps_open(1), keeps_open(1)});
  HttpOptions options;
  options.limits.timeout = 5s;
  HttpTarget target(options);
  const std::vector<target::Outgoing> requests{{post(server.url()), {}}, {post(server.url()), {}}};
  const auto together = [&] {
    for (const Exchange& exchange : target.send_together(requests)) {
      CHECK(exchange.response.body == "here");
    }
  };
  together();
  CHECK(target.send(post(server.url())).response.body == "here");
  // Gets a connection beside the one that is open, and an answer as soon as that is closed.
  CHECK(target.send(post(server.url())).response.body == "here");
  CHECK(target.send(post(server.url())).response.body == "here");
  // It would never come to the second one if the first were kept open.
  together();
}
