#include <crumbproof/api/server.hpp>
#include <crumbproof/http/http_target.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/url.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::api;

namespace {

const std::string kSid = "AC00000000000000000000000000000001";

struct ServerStage {
  ServerStage() { server.start(); }

  target::Exchange post(const std::string& body, const std::vector<twilio::Field>& more = {}) {
    std::vector<twilio::Field> headers{
        {"Authorization", "Basic " + twilio::base64(kSid + ":12345")},
        {"Content-Type", "application/x-www-form-urlencoded"}};
    headers.insert(headers.end(), more.begin(), more.end());
    return client.send({"POST",
                        server.url() + "/2010-04-01/Accounts/" + kSid + "/Messages.json",
                        {{"To", "+14155550100"}, {"From", "+15005550006"}, {"Body", body}},
                        headers});
  }

  Messages messages{{kSid, "12345", "+15005550006", "", {}}, twilio::Identities("run")};
  Server server{messages, 0};
  http::HttpTarget client;
};

}  // namespace

TEST_CASE("A message posted over HTTP is in the outbox") {
  ServerStage stage;
  const target::Exchange exchange = stage.post("1 + 1 = 2 & é 👍");
  REQUIRE(exchange.ending == target::Ending::answered);
  CHECK(exchange.response.status == 201);
  CHECK(nlohmann::json::parse(exchange.response.body).at("body") == "1 + 1 = 2 & é 👍");
  const auto taken = stage.messages.take();
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].body == "1 + 1 = 2 & é 👍");
  CHECK(taken[0].to == "+14155550100");
}

TEST_CASE("A connection serves request after request") {
  ServerStage stage;
  for (int i = 0; i < 20; ++i) CHECK(stage.post("hi").response.status == 201);
  CHECK(stage.messages.take().size() == 20);
}

TEST_CASE("The API looks at no cookie and sets none") {
  ServerStage stage;
  const target::Exchange with = stage.post("hi", {{"Cookie", "sid=7"}});
  const target::Exchange without = stage.post("hi");
  CHECK(with.response.status == without.response.status);
  for (const auto* exchange : {&with, &without}) {
    CHECK_FALSE(twilio::find_header(exchange->response.headers, "Set-Cookie"));
  }
}

TEST_CASE("A port that is taken is refused by its number") {
  ServerStage stage;
  const twilio::Url url = twilio::Url::parse(stage.server.url());
  CHECK(twilio::is_loopback(url.host));
  Messages other{{kSid, "", "+15005550006", "", {}}, twilio::Identities("run")};
  CHECK_THROWS_WITH(Server(other, url.effective_port()),
                    Catch::Contains("--api-port: port " + std::to_string(url.effective_port())));
}

TEST_CASE("A page of another site, or under a name that leads here, gets nothing of the API") {
  ServerStage stage;
  for (const twilio::Field& field : {twilio::Field{"Origin", "http://evil.example"},
                                     {"Sec-Fetch-Site", "cross-site"},
                                     {"Host", "evil.example"}}) {
    CAPTURE(field.name);
    const target::Exchange exchange = stage.post("hi", {field});
    CHECK(exchange.response.status == 403);
    CHECK_THAT(exchange.response.body, Catch::StartsWith("crumbproof: refused: "));
  }
  CHECK(stage.messages.take().empty());
}
