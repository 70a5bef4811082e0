#include <crumbproof/http/http_target.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <chrono>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "loopback_port.hpp"
#include "posting.hpp"
#include "scripted_server.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace std::chrono_literals;
using namespace std::string_literals;
using http::HttpOptions;
using http::HttpTarget;
using target::Ending;
using target::Exchange;

TEST_CASE("A request arrives as it is and its answer comes back") {
  std::string seen;
  ScriptedServer server({[&](ServedConnection& connection) {
    seen = connection.request();
    connection.send("HTTP/1.1 418 Teapot\r\nSet-Cookie: a=1\r\nContent-Length: 3\r\n\r\nabc");
  }});
  HttpTarget target;
  const Exchange exchange = target.send(post(server.url("/sms?x=1"), "hi & bye"));
  server.finish();
  CHECK(exchange.ending == Ending::answered);
  CHECK(exchange.detail.empty());
  CHECK(exchange.response.status == 418);
  CHECK(exchange.response.headers ==
        std::vector<twilio::Field>{{"Set-Cookie", "a=1"}, {"Content-Length", "3"}});
  CHECK(exchange.response.body == "abc");
  CHECK(exchange.took > 0ns);
  CHECK(seen == "POST /sms?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                    "\r\nAccept: */*\r\nContent-Length: 15\r\n\r\nBody=hi+%26+bye");
}

TEST_CASE("localhost is a loopback address") {
  ScriptedServer server({answering(ok("here"))});
  HttpTarget target;
  const Exchange exchange =
      target.send(post("http://localhost:" + std::to_string(server.port()) + "/"));
  CHECK(exchange.detail.empty());
  CHECK(exchange.response.body == "here");
}

TEST_CASE("A connection is used again for its host and port only") {
  const auto two = [](ServedConnection& connection) {
    connection.request();
    connection.send(ok("1"));
    connection.request();
    connection.send(ok("2"));
  };
  ScriptedServer here({two});
  ScriptedServer there({two});
  HttpTarget target;
  CHECK(target.send(post(here.url("/a"))).response.body == "1");
  CHECK(target.send(post(there.url("/a"))).response.body == "1");
  CHECK(target.send(post(here.url("/b"))).response.body == "2");
  CHECK(target.send(post(there.url("/b"))).response.body == "2");
  CHECK(here.finish() == 1);
  CHECK(there.finish() == 1);
}

TEST_CASE("A connection that the app closes after its answer is not used again") {
  const std::string closing =
      GENERATE("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"s,
               "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"s, "HTTP/1.1 200 OK\r\n\r\nx"s);
  ScriptedServer server({answering(closing), answering(closing)});
  HttpTarget target;
  for (int n = 0; n < 2; ++n) {
    const Exchange exchange = target.send(post(server.url()));
    CHECK(exchange.detail.empty());
    CHECK(exchange.response.body == "x");
  }
  CHECK(server.finish() == 2);
}

TEST_CASE("An app that says it closes is believed before it does") {
  std::string second;
  ScriptedServer server(
      {[&](ServedConnection& connection) {
         connection.request();
         connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
         second = connection.request();
       },
       answering(ok("2"))});
  HttpTarget target;
  target.send(post(server.url()));
  CHECK(target.send(post(server.url())).response.body == "2");
  server.finish();
  CHECK(second.empty());
}

TEST_CASE("An app may close an idle connection") {
  std::vector<std::string> requests;
  // The second request is read and not answered, so the connection is certain to have been in use.
  ScriptedServer server({[&](ServedConnection& connection) {
                           requests.push_back(connection.request());
                           connection.send(ok("1"));
                           requests.push_back(connection.request());
                         },
                         [&](ServedConnection& connection) {
                           requests.push_back(connection.request());
                           connection.send(ok("2"));
                         }});
  HttpTarget target;
  target.send(post(server.url(), "one"));
  const Exchange second = target.send(post(server.url(), "two"));
  CHECK(second.ending == Ending::answered);
  CHECK(second.response.body == "2");
  CHECK(server.finish() == 2);
  REQUIRE(requests.size() == 3);
  CHECK(requests[2] == requests[1]);
}

TEST_CASE("A reset of an idle connection is no failure either") {
  ScriptedServer server({[](ServedConnection& connection) {
                           connection.request();
                           connection.send(ok("1"));
                           connection.request();
                           connection.reset();
                         },
                         answering(ok("2"))});
  HttpTarget target;
  target.send(post(server.url()));
  CHECK(target.send(post(server.url())).response.body == "2");
}

TEST_CASE("A request goes out again once, not more often") {
  const auto silent = [](ServedConnection& connection) { connection.request(); };
  ScriptedServer server({[](ServedConnection& connection) {
                           connection.request();
                           connection.send(ok("1"));
                           connection.request();
                         },
                         silent, silent});
  HttpTarget target;
  target.send(post(server.url()));
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::cut);
  CHECK(exchange.detail == "the connection ended before the answer began");
  CHECK(server.finish() == 2);
}

TEST_CASE("A request is not sent again once a byte of its answer has come") {
  ScriptedServer server({[](ServedConnection& connection) {
                           connection.request();
                           connection.send(ok("1"));
                           connection.request();
                           connection.send("H");
                         },
                         answering(ok("2"))});
  HttpTarget target;
  target.send(post(server.url()));
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::cut);
  CHECK(exchange.detail == "the connection ended within the headers of the answer");
  CHECK(server.finish() == 1);
}

TEST_CASE("An app that takes a request and is gone then was not unreachable") {
  ScriptedServer server({[](ServedConnection& connection) {
    connection.request();
    connection.send(ok("1"));
    connection.request();
    connection.stop_listening();
  }});
  HttpTarget target;
  target.send(post(server.url()));
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::cut);
  CHECK(exchange.detail == "the connection ended before the answer began");
  CHECK(target.send(post(server.url())).ending == Ending::unreachable);
}

TEST_CASE("What an app sends unasked spoils the connection, not the next answer") {
  ScriptedServer server({[](ServedConnection& connection) {
                           connection.request();
                           connection.send(ok("1") + ok("nobody asked"));
                           connection.wait_until_closed();
                         },
                         answering(ok("2"))});
  HttpTarget target;
  CHECK(target.end_execution().empty());
  CHECK(target.send(post(server.url())).response.body == "1");
  CHECK(target.end_execution().size() == 1);
  CHECK(target.send(post(server.url())).response.body == "2");
}

TEST_CASE("An app that sends something unasked later spoils the connection, too") {
  std::promise<void> time_to_send;
  std::promise<void> sent;
  ScriptedServer server({[&](ServedConnection& connection) {
                           connection.request();
                           connection.send(ok("1"));
                           time_to_send.get_future().wait();
                           connection.send(ok("nobody asked"));
                           sent.set_value();
                           connection.wait_until_closed();
                         },
                         answering(ok("2"))});
  ScriptedServer other({[&](ServedConnection& connection) {
    connection.request();
    time_to_send.set_value();
    sent.get_future().wait();
    connection.send(ok("other"));
  }});
  HttpTarget target;
  CHECK(target.send(post(server.url())).response.body == "1");
  CHECK(target.send(post(other.url())).response.body == "other");
  CHECK(target.end_execution().empty());
  CHECK(target.send(post(server.url())).response.body == "2");
  CHECK(target.end_execution().size() == 1);
}

TEST_CASE("After something unasked each connection is used once") {
  ScriptedServer server(
      {answering(ok("1") + "more"), answering(ok("2")), answering(ok("3")), answering(ok("4"))});
  HttpTarget target;
  for (const char* const body : {"1", "2", "3", "4"}) {
    CHECK(target.send(post(server.url())).response.body == body);
  }
  CHECK(server.finish() == 4);
}

TEST_CASE("A connection that ends before the answer is whole cut it, and it says where") {
  using Row = std::pair<std::string, std::string>;
  const auto [sent, where] = GENERATE(
      Row{"", "ended before the answer began"},
      Row{"HTTP/1.1 2", "ended within the headers of the answer"},
      Row{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "ended within the body of the answer"},
      Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
          "ended within the body of the answer"});
  ScriptedServer server({answering(sent)});
  HttpTarget target;
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::cut);
  CHECK(exchange.detail == "the connection " + where);
  CHECK(exchange.response.body.empty());
}

TEST_CASE("A reset cuts a body that would have gone on to the end of the connection") {
  ScriptedServer server({[](ServedConnection& connection) {
    connection.request();
    connection.send("HTTP/1.1 200 OK\r\n\r\nabc");
    connection.reset();
  }});
  HttpTarget target;
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::cut);
  CHECK(exchange.detail == "the connection ended within the body of the answer");
}

TEST_CASE("After a failure the next request has a connection of its own") {
  const std::string bad =
      GENERATE("nonsense\r\n\r\n"s, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"s);
  ScriptedServer server({answering(bad), answering(ok("2"))});
  HttpTarget target;
  CHECK(target.send(post(server.url())).ending != Ending::answered);
  CHECK(target.send(post(server.url())).response.body == "2");
}

TEST_CASE("No answer in time is timed out, wherever it stops") {
  using Row = std::pair<std::string, std::string>;
  const auto [sent, where] =
      GENERATE(Row{"", "before the answer began"},
               Row{"HTTP/1.1 100 Continue\r\n\r\n", "before the answer began"},
               Row{"HTTP/1.1 2", "within the headers of the answer"},
               Row{"HTTP/1.1 200 OK\r\n\r\nabc", "within the body of the answer"});
  ScriptedServer server({[&, bytes = sent](ServedConnection& connection) {
                           connection.request();
                           connection.send(bytes);
                           connection.wait_until_closed();
                         },
                         answering(ok("2"))});
  HttpTarget target(impatient());
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::timed_out);
  CHECK(exchange.detail == "100 ms passed " + where);
  CHECK(exchange.began == !sent.empty());
  CHECK(exchange.took >= 100ms);
  CHECK(exchange.took < 5s);
  CHECK(target.send(post(server.url())).response.body == "2");
}

TEST_CASE("The time that there is does not start anew with each byte") {
  ScriptedServer server({[](ServedConnection& connection) {
    connection.request();
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    connection.drip(std::chrono::milliseconds(50));
  }});
  HttpOptions options;
  options.limits.timeout = 1s;
  HttpTarget target(options);
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::timed_out);
  CHECK(exchange.detail == "1 s passed within the body of the answer");
}

TEST_CASE("A slow app runs into ct, rt or tt, whichever is least, in real time") {
  const auto never = [](ServedConnection& connection) {
    connection.request();
    connection.wait_until_closed();
  };
  ScriptedServer server({never, never});
  HttpTarget target;
  const target::Patience no_word{5s, 100ms, 15s};
  CHECK(target.send_outgoing({post(server.url()), no_word}).detail ==
        "100 ms passed before the answer began");
  const target::Patience little_in_all{5s, 15s, 200ms};
  CHECK(target.send_outgoing({post(server.url()), little_in_all}).detail ==
        "200 ms passed before the answer began");

  LoopbackPort full;
  full.listen_and_fill();
  const target::Patience to_connect{100ms, 15s, 15s};
  const Exchange unconnected =
      target.send_outgoing({post("http://" + full.name() + "/sms"), to_connect});
  CHECK(unconnected.why == target::Unreachable::timed_out);
  CHECK(unconnected.took < 5s);
}

TEST_CASE("rt counts from one packet to the next, so a slow trickle is no time-out") {
  ScriptedServer server({[](ServedConnection& connection) {
    connection.request();
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    connection.drip(std::chrono::milliseconds(20));
  }});
  HttpTarget target;
  const Exchange exchange = target.send_outgoing({post(server.url()), {5s, 10s, 500ms}});
  CHECK(exchange.ending == Ending::timed_out);
  CHECK(exchange.began);
  CHECK(exchange.took >= 500ms);
}

TEST_CASE("A stream without an end is too large, and is not read on") {
  const std::string head = GENERATE("HTTP/1.1 200 OK\r\n\r\n"s, "HTTP/1.1 200 OK\r\nA: "s);
  ScriptedServer server({[&](ServedConnection& connection) {
    connection.request();
    connection.send(head);
    for (int n = 0; n < 1000; ++n) connection.send(std::string(100'000, 'a'));
  }});
  HttpTarget target;
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.ending == Ending::too_large);
  CHECK(exchange.response.body.empty());
}

TEST_CASE("An answer up to the bounds is taken") {
  const std::string body(1024 * 1024, 'b');
  const std::string value(250 * 1024, 'v');
  ScriptedServer server({answering("HTTP/1.1 200 OK\r\nA: " + value + "\r\nContent-Length: " +
                                   std::to_string(body.size()) + "\r\n\r\n" + body)});
  HttpTarget target;
  const Exchange exchange = target.send(post(server.url()));
  CHECK(exchange.detail.empty());
  CHECK(exchange.response.body == body);
}

TEST_CASE("An answer counts though the app closes without reading all of the request") {
  // More than the system buffers, so that the request cannot be written to its end. The reset that
  // this ends in now and then overtakes the answer (RFC 9112 section 9.6), hence several tries.
  const twilio::Request request = post("http://unused/", std::string(20'000'000, 'a'));
  int status = 0;
  for (int n = 0; n < 20 && status != 413; ++n) {
    ScriptedServer server({[](ServedConnection& connection) {
      connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
    }});
    twilio::Request here = request;
    here.url = server.url();
    HttpTarget target;
    status = target.send(here).response.status;
  }
  CHECK(status == 413);
}

TEST_CASE("Where nothing listens is unreachable, in words") {
  const LoopbackPort port;
  HttpTarget target;
  const Exchange exchange = target.send(post("http://" + port.name() + "/sms"));
  CHECK(exchange.ending == Ending::unreachable);
  CHECK(exchange.why == target::Unreachable::refused);
  CHECK(exchange.detail == "nothing listens at " + port.name() + " (connection refused)");
  const std::string at = port.name().substr(port.name().find(':'));
  CHECK(target.send(post("http://localhost" + at)).detail ==
        "nothing listens at localhost" + at + " (connection refused)");
}

TEST_CASE("A connection that is not made in time is unreachable, too") {
  LoopbackPort port;
  port.listen_and_fill();
  HttpTarget target(impatient());
  const Exchange exchange = target.send(post("http://" + port.name() + "/sms"));
  CHECK(exchange.ending == Ending::unreachable);
  CHECK(exchange.why == target::Unreachable::timed_out);
  CHECK(exchange.detail == "no connection to " + port.name() + " in time");
  CHECK(exchange.took < 5s);
}

TEST_CASE("A host that has no address is unreachable") {
  HttpTarget target;
  // RFC 6761 section 6.4: no such name ever exists.
  const Exchange exchange = target.send(post("http://no-such-host.invalid/"));
  CHECK(exchange.ending == Ending::unreachable);
  CHECK(exchange.why == target::Unreachable::unresolved);
  CHECK(exchange.detail.starts_with("the host name no-such-host.invalid "));
}

TEST_CASE("A URL that is none is bad input") {
  HttpTarget target;
  CHECK_THROWS_AS(target.send(post("ftp://127.0.0.1/")), BadInput);
}

TEST_CASE("A route leads the public URL's requests round to the app, as a proxy does") {
  std::vector<std::string> seen;
  ScriptedServer server({[&](ServedConnection& connection) {
    for (int n = 0; n < 3; ++n) {
      seen.push_back(connection.request());
      connection.send(ok("here"));
    }
  }});
  HttpOptions options;
  options.route = http::Route{twilio::Url::parse("https://app.example/sms"),
                              twilio::Url::parse(server.url("/ignored"))};
  HttpTarget target(options);
  CHECK(target.send(post("https://app.example/other?a=1")).response.body == "here");
  CHECK(target.send(post("https://app.example:443/")).response.body == "here");
  CHECK(target.send(post(server.url("/plain"))).response.body == "here");
  CHECK(server.finish() == 1);
  REQUIRE(seen.size() == 3);
  CHECK(seen[0] ==
        "POST /other?a=1 HTTP/1.1\r\nHost: app.example\r\nAccept: */*\r\n"
        "X-Forwarded-Proto: https\r\nX-Forwarded-Host: app.example\r\n"
        "Content-Length: 7\r\n\r\nBody=hi");
  CHECK(seen[1].find("X-Forwarded-Host: app.example:443\r\n") != std::string::npos);
  CHECK(seen[2].find("X-Forwarded") == std::string::npos);
}

TEST_CASE("A route is for its scheme, host and port only") {
  const LoopbackPort port;
  const std::string name = port.name();
  const std::string at_port = name.substr(name.find(':'));
  HttpOptions options = impatient();
  options.route = http::Route{twilio::Url::parse("http://" + name + "/sms"),
                              twilio::Url::parse("http://127.0.0.3" + at_port)};
  HttpTarget target(options);
  const auto place = [&](const std::string& url) {
    const std::string detail = target.send(post(url)).detail;
    return detail.substr(0, detail.find(" ("));
  };
  CHECK(place("http://" + name + "/") == "nothing listens at 127.0.0.3" + at_port);
  CHECK(place("https://" + name + "/") == "nothing listens at " + name);
  CHECK(place("http://127.0.0.2" + at_port) == "nothing listens at 127.0.0.2" + at_port);
  CHECK(place("http://127.0.0.1:1/") == "nothing listens at 127.0.0.1:1");
}

TEST_CASE("A request that no one reads is not written for longer than the time there is") {
  std::promise<void> over;
  ScriptedServer server({[&](ServedConnection& /*connection*/) { over.get_future().wait(); }});
  const Exchange exchange =
      HttpTarget(impatient()).send(post(server.url(), std::string(64UL * 1024 * 1024, 'x')));
  over.set_value();
  CHECK(exchange.ending == Ending::timed_out);
  CHECK(exchange.detail == "100 ms passed before the answer began");
}
