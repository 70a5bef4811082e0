#include <crumbproof/http/http_target.hpp>
#include <crumbproof/listening/server.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

struct ListeningStage {
  explicit ListeningStage(listening::Handler handler) : server(std::move(handler), 0, "--port") {
    server.start();
  }

  target::Exchange post(const std::string& body) {
    return client.send({"POST", server.url() + "/a?b=c", {{"Body", body}}, {{"X-One", "1"}}});
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
