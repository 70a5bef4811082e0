#include <crumbproof/simulated/server.hpp>

#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "apps.hpp"
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <catch2/catch.hpp>

namespace crumbproof::simulated {

namespace {

using namespace std::chrono_literals;
namespace beast_http = boost::beast::http;
using HttpRequest = beast_http::request<beast_http::string_body>;
using HttpResponse = beast_http::response<beast_http::string_body>;

HttpResponse twiml(const HttpRequest& request, const std::string& text) {
  HttpResponse response(beast_http::status::ok, request.version());
  response.set(beast_http::field::content_type, "text/xml");
  response.keep_alive(request.keep_alive());
  response.body() = "<Response><Message>" + text + "</Message></Response>";
  response.prepare_payload();
  return response;
}

/// Counts in a cookie.
HttpResponse count_in_cookie(const HttpRequest& request) {
  const std::string_view cookie(request[beast_http::field::cookie].data(),
                                request[beast_http::field::cookie].size());
  const int n = cookie.starts_with("n=") ? std::atoi(cookie.data() + 2) + 1 : 1;
  HttpResponse response = twiml(request, "message " + std::to_string(n));
  response.set(beast_http::field::set_cookie, "n=" + std::to_string(n));
  return response;
}

template <class Stream, class Answer>
awaitable<void> session(Stream stream, Answer answer) {
  boost::beast::flat_buffer buffer;
  bool keep_alive = true;
  while (keep_alive) {
    stream.expires_after(30s);
    HttpRequest request;
    const auto [error, bytes] = co_await beast_http::async_read(
        stream, buffer, request, boost::asio::as_tuple(use_awaitable));
    if (error) break;
    const HttpResponse response = answer(request);
    keep_alive = response.keep_alive();
    co_await beast_http::async_write(stream, response, use_awaitable);
  }
  boost::system::error_code ignored;
  stream.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
}

template <class Answer>
awaitable<void> listen(asio::Acceptor acceptor, Answer answer) {
  while (true) {
    asio::Stream stream = co_await acceptor.async_accept(use_awaitable);
    boost::asio::co_spawn(acceptor.get_executor(), session(std::move(stream), answer),
                          boost::asio::detached);
  }
}

template <class Answer>
App serving(Answer answer) {
  return server([answer](asio::Context& context, asio::Acceptor acceptor) {
    boost::asio::co_spawn(context, listen(std::move(acceptor), answer), boost::asio::detached);
  });
}

/// Of four hours; the server closes the connection long before the last message.
Scenario four_hours() {
  std::vector<Message> messages = messages_saying({"a", "b", "c"});
  messages.back().at = Instant(3h + 59min);
  return Scenario{}.script("four hours", std::move(messages));
}

}  // namespace

TEST_CASE("a Beast server runs a conversation of four hours, the same each time") {
  const Report first = check(serving(count_in_cookie), four_hours());
  CHECK(found(first) == R"(cookie-missing: "a"; duplicate at delivery 1)");
  CHECK(first.result.counterexamples.front().certified);
  const Report second = check(serving(count_in_cookie), four_hours());
  CHECK(first.text == second.text);
  CHECK(first.result.trace_hash == second.result.trace_hash);
}

TEST_CASE("a sound Beast server passes, with requests in flight together") {
  const Report report = check(serving([](const HttpRequest& request) {
                                HttpResponse response = twiml(request, "hello");
                                response.set(beast_http::field::set_cookie, "sid=1");
                                return response;
                              }),
                              four_hours());
  INFO(report.text);
  CHECK(report.passed());
  CHECK(report.result.bounds.exhausted);
  CHECK(report.result.warnings.size() == 1);  // every reply is the same
}

TEST_CASE("a server that does not listen is not reached") {
  const App deaf = server([](asio::Context&, asio::Acceptor acceptor) { acceptor.close(); });
  const Report report = check(deaf, four_hours());
  CHECK(report.result.verdict == search::Verdict::error);
  CHECK_THAT(report.text, Catch::Contains("connection"));
}

TEST_CASE("a server that ends the connection without an answer has cut it") {
  const App hangs_up = server([](asio::Context& context, asio::Acceptor acceptor) {
    boost::asio::co_spawn(
        context,
        [](asio::Acceptor from) -> awaitable<void> {
          while (true) {
            asio::Stream stream = co_await from.async_accept(use_awaitable);
            stream.close();
          }
        }(std::move(acceptor)),
        boost::asio::detached);
  });
  const auto target = hangs_up.make();
  Request request{"POST", "http://app.test/sms", {}, {}};
  const target::Exchange exchange = target->send(request);
  CHECK(exchange.ending == target::Ending::cut);
  CHECK(exchange.detail == "the connection ended before the answer began");
}

TEST_CASE("what a server answers is read as over the network") {
  const auto target = serving(count_in_cookie).make();
  Request request{"POST", "http://app.test/sms", {{"Body", "hi"}}, {{"Cookie", "n=6"}}};
  for (int i = 0; i < 2; ++i) {  // on a new connection, and on the same
    const target::Exchange exchange = target->send(request);
    CHECK(exchange.ending == target::Ending::answered);
    CHECK(exchange.response.status == 200);
    CHECK_THAT(exchange.response.body, Catch::Contains("message 7"));
    CHECK(twilio::find_header(exchange.response.headers, "Set-Cookie") == "n=7");
  }
}

}  // namespace crumbproof::simulated
