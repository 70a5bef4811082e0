#include <crumbproof/http/http_target.hpp>
#include <crumbproof/listening/server.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

struct ListeningStage {
  explicit ListeningStage(listening::Handler handler) : server(std::move(handler), 0, "--port") {
    server.start();
  }

  target::Exchange post(const std::string& body) {
    return client.send({"POST", server.url() + "/a?b=c", {{"Body", body}}, {{"X-One", "1"}}});
  }

  /// All that is answered to some bytes, and to others that are sent once `awaited` was answered,
  /// each by itself.
  [[nodiscard]] std::string exchange(const std::string& bytes, const std::string& awaited = {},
                                     const std::string& others = {}) const {
    asio::io_context context;
    tcp::socket socket(context);
    socket.connect({asio::ip::address_v4::loopback(), server.port()});
    socket.set_option(tcp::no_delay(true));
    std::string answers;
    // The server may have ended the connection before all is sent.
    boost::system::error_code error;
    asio::write(socket, asio::buffer(bytes), error);
    if (!awaited.empty()) asio::read_until(socket, asio::dynamic_buffer(answers), awaited, error);
    for (const char& byte : others) asio::write(socket, asio::buffer(&byte, 1), error);
    asio::read(socket, asio::dynamic_buffer(answers), error);
    return answers;
  }

  listening::Server server;
  http::HttpTarget client;
};

}  // namespace

TEST_CASE("A handler is given the request whole, and its answer goes out as it is") {
  ListeningStage stage([](const listening::Request& request) {
    CHECK(twilio::find_header(request.headers, "x-one") == "1");
    return twilio::Response{
        201, {{"X-Two", "2"}, {"X-Two", "3"}}, request.method + request.target + request.body};
  });
  const target::Exchange exchange = stage.post("hi");
  CHECK(exchange.response.status == 201);
  CHECK(exchange.response.body == "POST/a?b=cBody=hi");
  CHECK(std::ranges::count(exchange.response.headers, "X-Two", &twilio::Field::name) == 2);
}

TEST_CASE("A body of chunks is read whole, in whatever pieces it comes, as is what follows it") {
  const ListeningStage stage([](const listening::Request& request) {
    return twilio::Response{200, {}, "<" + request.body + ">"};
  });
  const std::string head = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  const std::string first = head + "Content-Length: 3\r\n\r\none";
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string last = head + "Content-Length: 5\r\nConnection: close\r\n\r\nthree";
  const std::vector<std::pair<std::string, std::string>> bodies{
      {"3\r\ntwo\r\n4;x=y\r\nmore\r\n0\r\n\r\n", "<twomore>"},
      {"7\r\ntwomore\r\n0\r\nX-Sum: 7\r\n\r\n", "<twomore>"},
      {"0\r\n\r\n", "<>"}};
  for (const auto& [body, answer] : bodies) {
    for (std::size_t cut = 0; cut <= body.size(); ++cut) {
      CAPTURE(body, cut);
      // What comes with the first request is looked at before more is read.
      const std::string answers =
          stage.exchange(first + chunked + body.substr(0, cut), "<one>", body.substr(cut) + last);
      CHECK_THAT(answers, Catch::Contains("\r\n\r\n<one>HTTP/1.1 200 OK") &&
                              Catch::Contains("\r\n\r\n" + answer + "HTTP/1.1 200 OK") &&
                              Catch::EndsWith("\r\n\r\n<three>"));
    }
  }
}

TEST_CASE("A connection ends where what comes is no request, or a larger one than is read") {
  const ListeningStage stage([](const listening::Request&) { return twilio::Response{}; });
  const std::string head = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  CHECK(stage.exchange("no request\r\n\r\n").empty());
  CHECK(stage.exchange(head + "X: " + std::string(100'000, 'x')).empty());
  CHECK(stage.exchange(head + "Content-Length: 9999999\r\n\r\n").empty());
  CHECK(stage.exchange(head + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n").empty());
  CHECK(stage.exchange(head + "Transfer-Encoding: chunked\r\n\r\nx\r\n").empty());
}

TEST_CASE("What a handler throws is a 500, and the server goes on") {
  ListeningStage stage([](const listening::Request& request) -> twilio::Response {
    if (request.body == "Body=bad") throw std::runtime_error("it went wrong");
    return {200, {}, "good"};
  });
  const target::Exchange bad = stage.post("bad");
  CHECK(bad.response.status == 500);
  CHECK(bad.response.body == "it went wrong");
  CHECK(stage.post("good").response.body == "good");
}

TEST_CASE("A server on a port that is taken says by which option it was given") {
  ListeningStage stage([](const listening::Request&) { return twilio::Response{}; });
  CHECK(stage.server.url() == "http://127.0.0.1:" + std::to_string(stage.server.port()));
  CHECK_THROWS_WITH(listening::Server([](const auto&) { return twilio::Response{}; },
                                      stage.server.port(), "--port"),
                    Catch::StartsWith("--port: port " + std::to_string(stage.server.port())));
}
