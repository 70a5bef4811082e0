#include <crumbproof/run/seen_answer.hpp>
#include <crumbproof/twilio/twiml.hpp>

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;
using target::Ending;
using target::Exchange;
using twilio::Failure;
using twilio::Field;
using twilio::Response;

namespace {

Pseudonyms names() {
  Pseudonyms names;
  names.add_number("+15005550006", "To");
  names.add_number("+12125550123", "From");
  return names;
}

SeenAnswer read(Response response, const std::string& url = "http://app.test/sms/in?a=1") {
  Exchange exchange;
  exchange.response = std::move(response);
  const twilio::Url requested = twilio::Url::parse(url);
  const Pseudonyms pseudonyms = names();
  return read_answer(exchange, {requested, pseudonyms, {}});
}

SeenAnswer read_failed(Ending ending) {
  Exchange exchange;
  exchange.ending = ending;
  exchange.detail = "what was seen of +12125550123";
  const twilio::Url requested = twilio::Url::parse("http://app.test/sms");
  const Pseudonyms pseudonyms = names();
  return read_answer(exchange, {requested, pseudonyms, {}});
}

Response status(int status, std::vector<Field> headers = {}) {
  return {status, std::move(headers), "body"};
}

}  // namespace

TEST_CASE("A sound answer: what is visible in it") {
  const SeenAnswer seen = read({200,
                                {{"content-type", "Text/XML ; charset=utf-8"}},
                                "<Response><Message>hi</Message></Response>"});
  CHECK(seen.answer.status == 200);
  CHECK(seen.answer.content_type == "text/xml");
  CHECK(seen.answer.body == "<Response><Message>hi</Message></Response>");
  CHECK(seen.answer.error_code == 0);
  CHECK(seen.answer.problem.empty());
  CHECK(seen.answer.next.empty());
  CHECK(seen.failure == Failure::none);
  REQUIRE(seen.messages.size() == 1);
  CHECK(seen.messages[0].body == "hi");
  CHECK_FALSE(seen.next);
  CHECK(seen.cookie_values.empty());
}

TEST_CASE("Blanks and tabs in a media type are no matter, wherever they stand") {
  for (const std::string type : {"text/xml", "text/html", "text/plain", "application/xml"}) {
    for (std::size_t at = 0; at <= type.size(); ++at) {
      for (const char* const blank : {" ", "\t"}) {
        std::string written = type;
        written.insert(at, blank);
        CHECK(read({200, {{"Content-Type", written}}, "<Response/>"}).answer.content_type == type);
      }
    }
  }
}

TEST_CASE("The execution's own numbers are hidden wherever the app puts them") {
  const SeenAnswer seen = read(
      Response::twiml("<Response><Message to=\"+12125550123\" from=\"+15005550006\"><Body>You are "
                      "212-555-0123</Body><Media>http://m.test/12125550123.png</Media></Message>"
                      "<Redirect>/in/12125550123?from=%2B12125550123</Redirect></Response>"));
  REQUIRE(seen.messages.size() == 1);
  CHECK(
      seen.messages[0] ==
      ReplyMessage{"{From}", "{To}", "You are {From:dashed}", {"http://m.test/{From:digits}.png"}});
  CHECK(seen.answer.body.find("2125550123") == std::string::npos);
  REQUIRE(seen.next);
  CHECK(seen.next->url.path == "/in/{From:digits}");
  CHECK(seen.next->url.query == "from={From:encoded}");
  CHECK(seen.answer.next == "http://app.test/in/{From:digits}?from={From:encoded}");
}

TEST_CASE("A problem hides the execution's own numbers too") {
  CHECK(read_failed(Ending::cut).answer.problem == "what was seen of +12125550123");
  const SeenAnswer seen = read({200, {{"Content-Type", "text/xml"}}, "<No12125550123/>"});
  CHECK(seen.answer.error_code == 12102);
  CHECK(seen.answer.problem.find("{From:digits}") != std::string::npos);
}

TEST_CASE("A request that ended without an answer has the code of how it failed") {
  struct Row {
    Ending ending;
    Failure failure;
    int error_code;
  };
  const auto row = GENERATE(values<Row>({
      {Ending::unreachable, Failure::connect, 11205},
      {Ending::timed_out, Failure::no_response, 11205},
      {Ending::cut, Failure::partial, 11206},
      {Ending::malformed, Failure::partial, 11206},
      {Ending::too_large, Failure::partial, 11750},
  }));
  const SeenAnswer seen = read_failed(row.ending);
  CHECK(seen.failure == row.failure);
  CHECK(seen.answer.error_code == row.error_code);
  CHECK(seen.answer.status == 0);
  CHECK_FALSE(seen.answer.problem.empty());
  CHECK(seen.messages.empty());
  CHECK(seen.cookies == twilio::AnswerCookies());
}

TEST_CASE("An answer of which the end does not come in time is a broken one") {
  Exchange exchange;
  exchange.ending = Ending::timed_out;
  exchange.began = true;
  const SeenAnswer seen = read_callback_answer(exchange);
  CHECK(seen.failure == Failure::partial);
  CHECK(seen.answer.error_code == 11206);
}

TEST_CASE("An empty answer is an error if it is chunked, and no reply if it is encoded otherwise") {
  const auto code = [](const std::string& coding) {
    return read({200, {{"Content-Type", "text/xml"}, {"Transfer-Encoding", coding}}, ""})
        .answer.error_code;
  };
  CHECK(code("gzip, Chunked") == 11770);
  CHECK(code("identity") == 0);
}

TEST_CASE("4xx and 5xx are failures of their own, whatever they hold") {
  const SeenAnswer gone = read(status(404));
  CHECK(gone.failure == Failure::client_error);
  CHECK(gone.answer.error_code == 11217);
  CHECK(gone.answer.problem == "status 404");
  CHECK(gone.answer.body == "body");
  CHECK(gone.messages.empty());

  const SeenAnswer broken = read(status(503));
  CHECK(broken.failure == Failure::server_error);
  CHECK(broken.answer.error_code == 11217);
  CHECK(read(status(600)).failure == Failure::server_error);
}

TEST_CASE("A document that cannot be read fails with its own code, and is not retried") {
  const SeenAnswer seen = read({200, {{"Content-Type", "text/xml"}}, "<Response><Message>"});
  CHECK(seen.answer.error_code == 12100);
  CHECK(seen.failure == Failure::none);
  CHECK(read({200, {{"Content-Type", "application/json"}}, "{}"}).answer.error_code == 12300);
}

TEST_CASE("A document in an encoding that was not asked for says so where it cannot be read") {
  const std::vector<twilio::Field> headers{{"Content-Type", "text/xml"},
                                           {"content-encoding", "gzip"}};
  const SeenAnswer packed = read({200, headers, "\x1f\x8b\x08"});
  CHECK(packed.answer.error_code == 12100);
  CHECK(packed.answer.problem.ends_with(
      "; its Content-Encoding is \"gzip\", which was not asked for"));
  CHECK(read({200, headers, "<Response/>"}).answer.error_code == 0);
}

TEST_CASE("Warnings about a document are handed on") {
  const SeenAnswer seen = read(Response::twiml("<Response><Message>a</Message><Nod/></Response>"));
  CHECK(seen.answer.error_code == 0);
  REQUIRE(seen.warnings.size() == 1);
  CHECK(seen.warnings.front().starts_with("12200"));
}

TEST_CASE("301, 302 and 303 go on with a GET, 307 with the same method") {
  for (const int code : {301, 302, 303}) {
    const SeenAnswer seen = read(status(code, {{"Location", "next?b=2"}}));
    REQUIRE(seen.next);
    CHECK(seen.next->method == "GET");
    CHECK(seen.next->by_http);
    CHECK(seen.answer.next == "http://app.test/sms/next?b=2");
    CHECK(seen.answer.error_code == 0);
    CHECK(seen.failure == Failure::none);
  }
  const SeenAnswer seen = read(status(307, {{"Location", "/next"}}));
  REQUIRE(seen.next);
  CHECK(seen.next->method.empty());
  CHECK(seen.next->by_http);
}

TEST_CASE("Another 3xx, or one without a Location that can be used, is error 11216") {
  for (const int code : {300, 304, 305, 308}) {
    const SeenAnswer seen = read(status(code, {{"Location", "/next"}}));
    CHECK_FALSE(seen.next);
    CHECK(seen.answer.next.empty());
    CHECK(seen.answer.error_code == 11216);
    CHECK(seen.answer.problem.find(std::to_string(code)) != std::string::npos);
    CHECK(seen.failure == Failure::none);
  }
  CHECK(read(status(302)).answer.error_code == 11216);
  CHECK(read(status(302)).answer.problem.find("without a Location") != std::string::npos);
  const SeenAnswer bad = read(status(302, {{"Location", "ftp://app.test/"}}));
  CHECK(bad.answer.error_code == 11216);
  CHECK_FALSE(bad.next);
}

TEST_CASE("A TwiML redirect is resolved against the document's URL; POST unless it says GET") {
  const SeenAnswer post = read(Response::twiml("<Response><Redirect>next</Redirect></Response>"));
  REQUIRE(post.next);
  CHECK(post.answer.next == "http://app.test/sms/next");
  CHECK(post.next->method == "POST");
  CHECK_FALSE(post.next->by_http);
  const SeenAnswer get =
      read(Response::twiml("<Response><Redirect method=\"GET\">next</Redirect></Response>"));
  REQUIRE(get.next);
  CHECK(get.next->method == "GET");
}

TEST_CASE("A TwiML redirect to what is no URL is error 11100") {
  const SeenAnswer seen =
      read(Response::twiml("<Response><Redirect>mailto:me</Redirect></Response>"));
  CHECK(seen.answer.error_code == 11100);
  CHECK_FALSE(seen.next);
}

TEST_CASE("Set-Cookie and Date are kept as they came, from any status") {
  const std::vector<Field> headers{{"Set-Cookie", "a=1; Path=/"},
                                   {"X-Other", "x"},
                                   {"date", "Thu, 01 Jan 1970 00:00:00 GMT"},
                                   {"set-cookie", "b=+12125550123"}};
  for (const int code : {302, 404, 500}) {
    const SeenAnswer seen = read(status(code, headers));
    CHECK(seen.cookies.fields() == std::vector<Field>{headers[0], headers[2], headers[3]});
    CHECK(seen.answer.set_cookies == std::vector<std::string>{"a", "b"});
  }
}

TEST_CASE("A broken Set-Cookie fails the whole answer") {
  Response response =
      Response::twiml("<Response><Message>hi</Message><Redirect>/next</Redirect></Response>");
  response.set_cookie("=1").set_cookie("b=2");
  const SeenAnswer seen = read(response);
  CHECK(seen.answer.error_code == 11206);
  CHECK(seen.answer.problem.find("Set-Cookie") != std::string::npos);
  CHECK(seen.messages.empty());
  CHECK_FALSE(seen.next);
  CHECK(seen.answer.next.empty());
  CHECK(seen.answer.set_cookies == std::vector<std::string>{"b"});
  CHECK(seen.failure == Failure::none);
}

TEST_CASE("A Set-Cookie that a browser would only ignore fails nothing") {
  Response response = Response::twiml("<Response/>");
  response.set_cookie("no equals sign");
  const SeenAnswer seen = read(response);
  CHECK(seen.answer.error_code == 0);
  CHECK(seen.answer.set_cookies.empty());
  CHECK(seen.cookies.fields().size() == 1);
}

TEST_CASE("A broken Set-Cookie does not hide that the app answered 500") {
  const SeenAnswer seen = read(status(500, {{"Set-Cookie", "=1"}}));
  CHECK(seen.answer.error_code == 11217);
  CHECK(seen.failure == Failure::server_error);
}

TEST_CASE("Bytes that are no UTF-8 become valid, and a huge body is cut") {
  const SeenAnswer seen = read({200, {{"Content-Type", "text/plain"}}, "caf\xe9"});
  CHECK(seen.answer.body == "caf\xEF\xBF\xBD");
  const SeenAnswer huge = read(
      {200, {{"Content-Type", "text/plain"}}, std::string(twilio::kMaxDocumentBytes + 1, 'x')});
  CHECK(huge.answer.body.size() == twilio::kMaxDocumentBytes);
  CHECK(huge.answer.error_code == 11750);
}
