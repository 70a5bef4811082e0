#include <string>
#include <vector>

#include "../http/scripted_server.hpp"
#include "between.hpp"
#include "webhooks.hpp"
#include <catch2/catch.hpp>

namespace {

struct Exchange {
  std::string request;
  std::string answer;
};

/// A head in which nothing is as it usually is: case, order, two Cookie fields, white space, folds.
const std::string kOddHead =
    "POST /sms?a=%7e&&b HTTP/1.1\r\nX-twilio-SIGNATURE:   QUJD  \r\ncookie: sid=1; b=\"2\"\r\n"
    "hOST: App.Example.Com:80\r\nCOOKIE:c=3;d=4\r\nx-b: 2\r\nX-A: 1\r\nX-B: 3\r\nAccept: */*,\r\n"
    "  text/xml\r\nContent-type: application/x-www-form-urlencoded; charset=utf-8\r\n";

const std::string kOddAnswer =
    "HTTP/1.1 207  Odd  Reason \r\nset-cookie: b=1; Path=/\r\nX-Z: 1\r\nSet-Cookie: a=2\r\n"
    "SET-COOKIE:b=3\r\ncontent-length: 5\r\n\r\n<xml>";

/// The app plays these on one connection, and says what it got.
std::vector<std::string> pass(const std::vector<Exchange>& exchanges, std::size_t piece = 0) {
  std::vector<std::string> got;
  ScriptedServer app({[&](ServedConnection& connection) {
    for (const Exchange& exchange : exchanges) {
      got.push_back(connection.bytes(exchange.request.size()));
      connection.send(exchange.answer);
    }
  }});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  for (const Exchange& exchange : exchanges) {
    const std::size_t step = piece == 0 ? exchange.request.size() : piece;
    for (std::size_t at = 0; at < exchange.request.size(); at += step) {
      sender.send(exchange.request.substr(at, step));
    }
    CHECK(sender.read(exchange.answer.size()) == exchange.answer);
  }
  sender.end_writing();
  CHECK(sender.read_to_end().empty());
  app.finish();
  proxy.finish();
  CHECK(proxy.deeds().empty());
  CHECK(proxy.notes().empty());
  return got;
}

void check_unchanged(const std::vector<Exchange>& exchanges, std::size_t piece = 0) {
  const std::vector<std::string> got = pass(exchanges, piece);
  REQUIRE(got.size() == exchanges.size());
  for (std::size_t n = 0; n < got.size(); ++n) CHECK(got[n] == exchanges[n].request);
}

const std::string kForm = "From=%2B14155550101&To=%2B15005550006&Body=hi";

std::string with_form(const std::string& form) {
  return kOddHead + "Content-Length: " + std::to_string(form.size()) + "\r\n\r\n" + form;
}

}  // namespace

TEST_CASE("without faults a webhook and its answer pass to the byte") {
  check_unchanged({{with_form(kForm), kOddAnswer}});
}

TEST_CASE("they do in whatever pieces they come") {
  check_unchanged({{with_form(kForm), kOddAnswer}}, GENERATE(1U, 7U));
}

TEST_CASE("one connection carries many requests, each side's on one of its own") {
  check_unchanged({{with_form(kForm), kOddAnswer},
                   {"GET /?From=%2B1&To=%2B2 HTTP/1.1\r\nhost: a\r\n\r\n", kOddAnswer},
                   {"DELETE /x HTTP/1.1\r\n\r\n", "HTTP/1.1 204 No\r\nX: y\r\n\r\n"},
                   {"HEAD / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"},
                   {with_form("From=1"), kOddAnswer},
                   {with_form(kForm), kOddAnswer}});
}

TEST_CASE("chunks pass as they are, with extensions and trailers") {
  const std::string chunks = "0A;x=\"y\"\r\nFrom=%2B1&\r\n007\r\nTo=%2B2\r\n0;z\r\nT: 1\r\n\r\n";
  const std::string answer =
      "HTTP/1.1 200 OK\r\nTRANSFER-encoding:  Chunked\r\nSet-Cookie: a=1\r\n\r\n"
      "03\r\n<a>\r\n1;b\r\nx\r\n0\r\nT: 2\r\n\r\n";
  check_unchanged({{kOddHead + "Transfer-encoding: CHUNKED\r\n\r\n" + chunks, answer},
                   {with_form(kForm), kOddAnswer}});
}

TEST_CASE("HTTP/1.0, where the end of the connection ends the answer") {
  check_unchanged(
      {{"POST /sms HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: " +
            std::to_string(kForm.size()) + "\r\n\r\n" + kForm,
        "HTTP/1.0 200 OK\r\nSet-Cookie: a=1\r\n\r\nhello"}});
}

TEST_CASE("large bodies pass, whether or not they could be a webhook's") {
  const std::string large(3 * 1024 * 1024, 'x');
  const std::string length = std::to_string(large.size());
  const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + large;
  check_unchanged({{"PUT /up HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n" + large, answer},
                   {with_form(kForm + "&x=" + large), answer},
                   {with_form(kForm), answer}});
}

TEST_CASE("an interim answer comes before the body that it asks for") {
  const std::string interim = "HTTP/1.1 100 Go On\r\nX: y\r\n\r\n";
  const std::string head = "PUT /up HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
  ScriptedServer app({[&](ServedConnection& connection) {
    connection.bytes(head.size());
    connection.send(interim);
    connection.bytes(5);
    connection.send(kOddAnswer);
  }});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  sender.send(head);
  CHECK(sender.read(interim.size()) == interim);
  sender.send("hello");
  CHECK(sender.read(kOddAnswer.size()) == kOddAnswer);
}

TEST_CASE("interim answers without end are no answer") {
  const std::string interim = "HTTP/1.1 100 Go On\r\nX: y\r\n\r\n";
  const std::size_t passed_on = 256 * std::size_t{1024} / interim.size();
  std::string flood;
  for (std::size_t n = 0; n < passed_on; ++n) flood += interim;
  ScriptedServer app({[&](ServedConnection& connection) {
    connection.request();
    connection.send(flood + interim + kOddAnswer);
    connection.wait_until_closed();
  }});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  sender.send(with_form(kForm));
  CHECK(sender.read(flood.size()) == flood);
  CHECK(sender.read(12) == "HTTP/1.1 502");
}

TEST_CASE("a webhook whose sender waits to be asked for its body is asked by the proxy, once") {
  const std::string form = with_form(kForm);
  const std::size_t blank = form.find("\r\n\r\n");
  const std::string head = form.substr(0, blank) + "\r\nExpect: 100-continue\r\n\r\n";
  const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  const std::string other = "PUT /up HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
  std::string got;
  ScriptedServer app({[&](ServedConnection& connection) {
    got = connection.bytes(head.size() + kForm.size());
    connection.send(go_on + kOddAnswer);
    connection.bytes(other.size());
    connection.send(go_on);
    connection.bytes(1);
    connection.send(kOddAnswer);
  }});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  sender.send(head);
  CHECK(sender.read(go_on.size()) == go_on);
  sender.send(kForm);
  CHECK(sender.read(kOddAnswer.size()) == kOddAnswer);
  // What is no webhook is the app's to ask for.
  sender.send(other);
  CHECK(sender.read(go_on.size()) == go_on);
  sender.send("x");
  CHECK(sender.read(kOddAnswer.size()) == kOddAnswer);
  app.finish();
  CHECK(got == head + kForm);
}

TEST_CASE("after a switch of protocols bytes pass both ways") {
  const std::string head = "GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
  const std::string switched = "HTTP/1.1 101 Yes\r\nUpgrade: echo\r\n\r\n";
  const std::string with_zero("\0bye", 4);
  std::string got;
  ScriptedServer app({[&](ServedConnection& connection) {
    connection.bytes(head.size());
    connection.send(switched + "hello");
    got = connection.bytes(5);
    connection.send(with_zero);
    connection.wait_until_closed();
  }});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  sender.send(head);
  CHECK(sender.read(switched.size() + 5) == switched + "hello");
  sender.send("\r\n\r\n!");
  sender.end_writing();
  CHECK(sender.read_to_end() == with_zero);
  app.finish();
  CHECK(got == "\r\n\r\n!");
}

TEST_CASE("an app that answers before the body has come is heard, and the connection ends") {
  const std::string answer = "HTTP/1.1 413 Large\r\nContent-Length: 2\r\n\r\nno";
  ScriptedServer app({[&](ServedConnection& connection) {
    connection.bytes(10);
    connection.send(answer);
    connection.wait_until_closed();
  }});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  sender.send("PUT /up HTTP/1.1\r\nContent-Length: 1000\r\n\r\nbegin");
  CHECK(sender.read(answer.size()) == answer);
  sender.end_writing();
  CHECK(sender.read_to_end().empty());
}
