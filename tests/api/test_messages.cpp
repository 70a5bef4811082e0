#include <crumbproof/api/messages.hpp>
#include <crumbproof/twilio/base64.hpp>

#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::api;
using Json = nlohmann::json;

namespace {

const std::string kAccount = "AC00000000000000000000000000000001";
const std::string kPath = "/2010-04-01/Accounts/" + kAccount + "/Messages";
const std::string kService = "MG00000000000000000000000000000001";

Account account() { return {kAccount, "12345", "+15005550006", kService, {}}; }

std::string basic(const std::string& user, const std::string& password) {
  return "Basic " + twilio::base64(user + ":" + password);
}

struct Stage {
  twilio::Response post(const std::string& form) {
    return messages.answer({"POST", kPath + ".json", basic(kAccount, "12345"), form});
  }
  twilio::Response get(const std::string& target) {
    return messages.answer({"GET", target, basic(kAccount, "12345"), ""});
  }

  Messages messages{account(), twilio::Identities("run")};
};

constexpr const char* kGood = "To=%2B14155550100&From=%2B15005550006&Body=hi+there%21";

}  // namespace

TEST_CASE("A message is created as Twilio's page shows it") {
  Stage stage;
  const twilio::Response response = stage.post(kGood);
  CHECK(response.status == 201);
  const Json json = Json::parse(response.body);
  const std::string sid = json.at("sid");
  CHECK(sid.size() == 34);
  CHECK(sid.starts_with("SM"));
  CHECK(json.at("account_sid") == kAccount);
  CHECK(json.at("api_version") == "2010-04-01");
  CHECK(json.at("body") == "hi there!");
  CHECK(json.at("direction") == "outbound-api");
  CHECK(json.at("from") == "+15005550006");
  CHECK(json.at("to") == "+14155550100");
  CHECK(json.at("messaging_service_sid").is_null());
  CHECK(json.at("num_media") == "0");
  CHECK(json.at("num_segments") == "1");
  CHECK(json.at("status") == "queued");
  CHECK(json.at("error_code").is_null());
  CHECK(json.at("date_sent").is_null());
  CHECK(json.at("price").is_null());
  CHECK(json.at("uri") == kPath + "/" + sid + ".json");
  CHECK(json.at("subresource_uris").at("media") == kPath + "/" + sid + "/Media.json");
  CHECK_THAT(
      json.at("date_created").get<std::string>(),
      Catch::Matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000"));
}

TEST_CASE("The API's answers have Twilio's headers and never a Set-Cookie") {
  Stage stage;
  for (const twilio::Response& response :
       {stage.post(kGood), stage.post(""), stage.get(kPath + ".json"), stage.get("/nothing")}) {
    CHECK(twilio::find_header(response.headers, "Content-Type") ==
          "application/json;charset=utf-8");
    CHECK(twilio::find_header(response.headers, "Twilio-Request-Id").value_or("").size() == 34);
    CHECK(twilio::find_header(response.headers, "X-Powered-By") == "AT-5000");
    CHECK_FALSE(twilio::find_header(response.headers, "Set-Cookie"));
  }
}

TEST_CASE("With a Messaging Service the sender is not picked yet, and a time can be set") {
  Stage stage;
  const std::string form = "To=%2B14155550100&Body=hi&MessagingServiceSid=" + kService;
  const Json json = Json::parse(stage.post(form).body);
  CHECK(json.at("status") == "accepted");
  CHECK(json.at("from").is_null());
  CHECK(json.at("messaging_service_sid") == kService);
  CHECK(json.at("num_segments") == "0");
  const Json later =
      Json::parse(stage.post(form + "&ScheduleType=fixed&SendAt=2030-01-01T00%3A00%3A00Z").body);
  CHECK(later.at("status") == "scheduled");
}

TEST_CASE("Media make it an MMS") {
  Stage stage;
  const Json json =
      Json::parse(stage
                      .post("To=%2B14155550100&From=%2B15005550006&MediaUrl=http%3A%2F"
                            "%2Fa.test%2F1&MediaUrl=http%3A%2F%2Fa.test%2F2")
                      .body);
  CHECK(json.at("sid").get<std::string>().starts_with("MM"));
  CHECK(json.at("num_media") == "2");
  CHECK(stage.messages.take().at(0).media ==
        std::vector<std::string>{"http://a.test/1", "http://a.test/2"});
}

TEST_CASE("What Twilio refuses is refused with its code and words, and is no message") {
  struct Row {
    std::string form;
    int code;
  };
  const std::string good_pair = "To=%2B14155550100&From=%2B15005550006";
  std::string eleven = good_pair;
  for (int i = 0; i < 11; ++i) eleven += "&MediaUrl=http%3A%2F%2Fa.test%2F1";
  const std::vector<Row> rows{
      {"", 21604},
      {"From=%2B15005550006&Body=hi", 21604},
      {"To=nobody&From=%2B15005550006&Body=hi", 21211},
      {"To=%2B14155550100&Body=hi", 21603},
      {"To=%2B14155550100&From=%2B15005550007&Body=hi", 21606},
      {"To=%2B14155550100&MessagingServiceSid=MG0&Body=hi", 21703},
      {good_pair, 21602},
      {good_pair + "&Body=", 21602},
      {good_pair + "&Body=" + std::string(1601, 'x'), 21617},
      {eleven, 21623},
      {good_pair + "&Body=hi&StatusCallback=nowhere", 21609},
  };
  for (const Row& row : rows) {
    CAPTURE(row.form);
    Stage stage;
    const twilio::Response response = stage.post(row.form);
    CHECK(response.status == 400);
    const Json json = Json::parse(response.body);
    CHECK(json.at("code") == row.code);
    CHECK(json.at("status") == 400);
    CHECK(json.at("more_info") == "https://www.twilio.com/docs/errors/" + std::to_string(row.code));
    CHECK_FALSE(json.at("message").get<std::string>().empty());
    CHECK(stage.messages.take().empty());
  }
  Stage stage;
  CHECK(stage.post(good_pair + "&Body=" + std::string(1600, 'x')).status == 201);
}

TEST_CASE("HTTP Basic lets in the account with its token, or an API key with any secret") {
  struct Row {
    std::string authorization;
    int status;
  };
  const std::vector<Row> rows{{basic(kAccount, "12345"), 201},
                              {basic("SK00000000000000000000000000000001", "secret"), 201},
                              {basic("SK00000000000000000000000000000001", ""), 401},
                              {basic(kAccount, "1234"), 401},
                              {basic("AC00000000000000000000000000000002", "12345"), 401},
                              {"Basic ?", 401},
                              {"Bearer x", 401},
                              {"", 401}};
  for (const Row& row : rows) {
    CAPTURE(row.authorization);
    Stage stage;
    const auto response =
        stage.messages.answer({"POST", kPath + ".json", row.authorization, kGood});
    CHECK(response.status == row.status);
    if (row.status == 401) {
      CHECK(Json::parse(response.body).at("code") == 20003);
      CHECK(stage.messages.take().empty());
    }
  }
  Messages without_token({kAccount, "", "+15005550006", "", {}}, twilio::Identities("run"));
  CHECK(without_token.answer({"POST", kPath + ".json", basic(kAccount, "any"), kGood}).status ==
        201);
}

TEST_CASE("A message can be fetched, alone and in the list, and goes out when it is taken") {
  Stage stage;
  const std::string sid = Json::parse(stage.post(kGood).body).at("sid");
  const std::string one = kPath + "/" + sid + ".json";
  CHECK(Json::parse(stage.get(one).body).at("status") == "queued");
  stage.messages.take();
  CHECK(Json::parse(stage.get(one).body).at("status") == "delivered");
  CHECK(Json::parse(stage.get(one).body).at("date_sent").is_string());
  const Json list = Json::parse(stage.get(kPath + ".json?PageSize=20").body);
  REQUIRE(list.at("messages").size() == 1);
  CHECK(list.at("messages").at(0).at("sid") == sid);
}

TEST_CASE("What is not there is 20404, and what cannot be done is 405") {
  Stage stage;
  CHECK(stage.get(kPath + "/SM00000000000000000000000000000009.json").status == 404);
  CHECK(Json::parse(stage.get("/2010-04-01/Accounts/AC0/Messages.json").body).at("code") == 20404);
  CHECK(stage.messages.answer({"DELETE", kPath + ".json", basic(kAccount, "12345"), ""}).status ==
        405);
}

TEST_CASE("21610: a message to someone who has opted out is refused, and seen all the same") {
  Stage stage;
  stage.messages.heard("+14155550100", twilio::Keyword::stop);
  const twilio::Response response = stage.post(kGood);
  CHECK(response.status == 400);
  CHECK(Json::parse(response.body).at("code") == 21610);
  const auto taken = stage.messages.take();
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].error_code == 21610);
  CHECK(taken[0].body == "hi there!");
  stage.messages.heard("+14155550100", twilio::Keyword::none);
  CHECK(stage.post(kGood).status == 400);
  stage.messages.heard("+14155550100", twilio::Keyword::start);
  CHECK(stage.post(kGood).status == 201);
}

TEST_CASE("21608: a trial account writes to no one whom it has not heard from") {
  Account trial = account();
  trial.assume.trial_account = true;
  Messages messages(trial, twilio::Identities("run"));
  const auto post = [&] {
    return messages.answer({"POST", kPath + ".json", basic(kAccount, "12345"), kGood});
  };
  CHECK(Json::parse(post().body).at("code") == 21608);
  messages.heard("+14155550100", twilio::Keyword::none);
  CHECK(post().status == 201);
}

TEST_CASE("Messages are taken once, in their order, with those that come a little later") {
  Stage stage;
  stage.post(kGood);
  std::thread late([&] { stage.post("To=%2B14155550100&From=%2B15005550006&Body=late"); });
  std::vector<std::string> bodies;
  while (bodies.size() < 2) {
    for (const auto& message : stage.messages.take()) bodies.push_back(message.body);
  }
  late.join();
  CHECK(bodies.size() == 2);
  CHECK(stage.messages.take().empty());
}
