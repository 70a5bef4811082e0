#include <crumbproof/phone/desk.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <map>

#include "stage.hpp"
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::phone;
using Json = nlohmann::ordered_json;

namespace {

using Fields = std::vector<twilio::Field>;

const Fields kOwnPage{{"Host", "127.0.0.1:4000"}, {"X-Crumbproof-Token", "secret"}};

/// A desk in front of a phone, and the files that it has written.
struct DeskStage {
  DeskSettings settings() {
    DeskSettings made;
    made.guard = {4000, "secret"};
    made.target = "http://127.0.0.1:3000/sms";
    made.checked_body = [](std::string body) {
      if (body.starts_with("too long")) throw BadInput("that is too long");
      return body;
    };
    made.replay_text = [](const search::Recorded& recorded) { return recorded.property; };
    made.exists = [this](const std::string& name) { return files.contains(name); };
    made.write = [this](const std::string& name, std::string_view content) {
      files[name] = content;
    };
    return made;
  }

  twilio::Response ask(const std::string& method, const std::string& target, const Fields& headers,
                       const std::string& body = "{}") {
    return desk.answer({method, target, headers, body});
  }
  Json post(const std::string& target, const Json& body, int status = 200) {
    const twilio::Response response = ask("POST", target, kOwnPage, body.dump());
    INFO(response.body);
    CHECK(response.status == status);
    return Json::parse(response.body);
  }
  Json say(const std::string& body, const Json& wishes = Json::array()) {
    return post("/send", {{"said", {{{"pair", 0}, {"body", body}}}}, {"wishes", wishes}});
  }

  Stage phone;
  std::map<std::string, std::string> files;
  Desk desk{phone.session, settings()};
};

const Json kMissing{{{"seam", "read"}, {"fault", {{"kind", "missing"}, {"delivery", 0}}}}};

}  // namespace

TEST_CASE("The page is given out to this machine's own names only") {
  DeskStage stage;
  const std::map<std::string, int> hosts{{"127.0.0.1:4000", 200}, {"localhost:4000", 200},
                                         {"127.0.0.1:4001", 403}, {"evil.example:4000", 403},
                                         {"127.0.0.1", 403},      {"", 403}};
  for (const auto& [host, status] : hosts) {
    INFO(host);
    CHECK(stage.ask("GET", "/", {{"Host", host}}).status == status);
    CHECK(stage.ask("GET", "/state", {{"Host", host}, {"X-Crumbproof-Token", "secret"}}).status ==
          status);
  }
  CHECK(stage.ask("GET", "/", {}).status == 403);
  CHECK(stage.ask("GET", "/", {{"Host", "127.0.0.1:4000"}, {"host", "evil.example"}}).status ==
        403);
}

TEST_CASE("What acts or tells needs the page's token") {
  DeskStage stage;
  for (const Fields& headers :
       {Fields{{"Host", "127.0.0.1:4000"}},
        Fields{{"Host", "127.0.0.1:4000"}, {"X-Crumbproof-Token", "guessed"}}}) {
    for (const std::string path : {"/send", "/wait", "/undo", "/new", "/twin", "/save"}) {
      CHECK(stage.ask("POST", path, headers).status == 403);
    }
    CHECK(stage.ask("GET", "/state", headers).status == 403);
  }
  CHECK(stage.phone.app.requests.empty());
  const twilio::Response page = stage.ask("GET", "/", {{"Host", "localhost:4000"}});
  CHECK_THAT(page.body, Catch::Contains("content=\"secret\"") && !Catch::Contains("{{token}}"));
}

TEST_CASE("Another site's requests are refused, even with the token") {
  DeskStage stage;
  for (const twilio::Field& field :
       {twilio::Field{"Origin", "http://evil.example"}, twilio::Field{"Origin", "null"},
        twilio::Field{"Origin", "http://127.0.0.1:3000"},
        twilio::Field{"Sec-Fetch-Site", "cross-site"},
        twilio::Field{"Sec-Fetch-Site", "same-site"}}) {
    Fields headers = kOwnPage;
    headers.push_back(field);
    INFO(field.name << ": " << field.value);
    CHECK(stage.ask("POST", "/new", headers).status == 403);
    CHECK(stage.ask("GET", "/state", headers).status == 403);
  }
  Fields own = kOwnPage;
  own.push_back({"Origin", "http://127.0.0.1:4000"});
  own.push_back({"Sec-Fetch-Site", "same-origin"});
  CHECK(stage.ask("POST", "/new", own).status == 200);
}

TEST_CASE("No answer may be read, framed or sniffed by others") {
  DeskStage stage;
  for (const std::string path : {"/", "/phone.css", "/phone.js", "/show.js", "/state", "/none"}) {
    const twilio::Response response = stage.ask("GET", path, kOwnPage);
    CHECK(response.status == (path == "/none" ? 404 : 200));
    CHECK_FALSE(twilio::find_header(response.headers, "Access-Control-Allow-Origin"));
    CHECK(twilio::find_header(response.headers, "X-Frame-Options") == "DENY");
    CHECK(twilio::find_header(response.headers, "X-Content-Type-Options") == "nosniff");
    CHECK_THAT(std::string(*twilio::find_header(response.headers, "Content-Security-Policy")),
               Catch::StartsWith("default-src 'none'"));
  }
}

TEST_CASE("A text that is sent shows in the state, with what went over the wire") {
  DeskStage stage;
  const Json state = stage.say("a");
  CHECK(state["messages"][0]["body"] == "a");
  CHECK(state["own"]["outcomes"][0]["messages"][0]["body"] == "a is text 1");
  const Json& wire = state["own"]["deliveries"][0]["wire"][0];
  CHECK(wire["method"] == "POST");
  CHECK(wire["status"] == 200);
  CHECK(state["stores"][0]["next"] == "n=1");
  CHECK(state["stores"][0]["versions"][1][0]["left"] == "3 h 59 min 59.95 s");
  CHECK(state["phones"][0]["number"].get<std::string>().starts_with("+1"));
  CHECK(state["phones"][0]["name"] == "{From}");
  CHECK(state["twin"].is_null());
  CHECK(state == Json::parse(stage.ask("GET", "/state", kOwnPage).body));
}

TEST_CASE("A fault that was on offer can be wished for as it was written") {
  DeskStage stage;
  stage.say("a");
  Json offers = stage.say("b")["offers"][0];
  const auto stale =
      std::ranges::find_if(offers, [](const Json& offer) { return offer["label"] == "stale k=1"; });
  REQUIRE(stale != offers.end());
  const Json state = stage.say("c", Json::array({*stale}));
  CHECK(state["own"]["outcomes"][2]["messages"][0]["body"] == "c is text 2");
  CHECK(state["own"]["deliveries"][2]["faults"][0]["what"] ==
        "the cookies of one version ago were sent");
}

TEST_CASE("The twin, the waits and the undoing go through the desk") {
  DeskStage stage;
  stage.say("a");
  CHECK(stage.post("/wait", {{"seconds", 4 * 3600}})["waiting"] == "4 h 0 min 0 s");
  stage.say("b");
  const Json twin = stage.post("/twin", {{"on", true}})["twin"];
  REQUIRE(twin["differences"].size() == 1);
  CHECK(twin["differences"][0]["expected"] == "\"b is text 2\"");
  CHECK(stage.post("/undo", Json::object())["messages"].size() == 1);
  CHECK(stage.post("/new", Json::object())["conversation"] == 3);
}

TEST_CASE("What makes no sense is refused in one line, and nothing is sent") {
  DeskStage stage;
  const auto refused = [&stage](const std::string& path, const std::string& body) {
    const twilio::Response response = stage.ask("POST", path, kOwnPage, body);
    CHECK(response.status == 400);
    return Json::parse(response.body)["error"].get<std::string>();
  };
  CHECK_THAT(refused("/send", "{"), Catch::StartsWith("the request is no JSON"));
  CHECK(refused("/send", "{}") == R"(the key "said" is missing)");
  CHECK(refused("/send", R"({"said": [], "wishes": []})") == R"("said" has to hold 1 to 2 texts)");
  CHECK(refused("/send", R"({"said": [{"pair": 0, "body": "too long"}], "wishes": []})") ==
        "that is too long");
  CHECK_THAT(refused("/send", R"({"said": [{"pair": 7, "body": "a"}], "wishes": []})"),
             Catch::Contains("pair"));
  CHECK(refused("/send",
                R"({"said": [{"pair": 0, "body": "a"}],
                    "wishes": [{"seam": "no", "fault": {}}]})") == R"(there is no seam "no")");
  CHECK_THAT(refused("/wait", R"({"seconds": -1})"), Catch::Contains("seconds"));
  CHECK_THAT(refused("/save", R"({"what": "scenario", "write": false, "replace": false})"),
             Catch::Contains("nothing was said yet"));
  CHECK(stage.phone.app.requests.empty());
}

TEST_CASE("What the desk has not is 404, and what it cannot save is told") {
  DeskStage stage;
  const auto missing = [&stage](const std::string& method, const std::string& path) {
    const twilio::Response response = stage.ask(method, path, kOwnPage);
    CHECK(response.status == 404);
    return Json::parse(response.body)["error"].get<std::string>();
  };
  CHECK(missing("POST", "/nowhere") == "there is nothing at /nowhere");
  CHECK(missing("GET", "/nowhere") == "there is nothing at /nowhere");
  CHECK(missing("DELETE", "/send") == "there is nothing at /send");
  stage.say("a");
  CHECK(stage.post("/save", {{"what", "all"}, {"write", false}, {"replace", false}},
                   400)["error"] == R"("all" can not be saved; "scenario" and "replay" can)");
}

TEST_CASE("A file in the folder is written when asked, and replaced only when that is said") {
  DeskStage stage;
  stage.say("a");
  Json asked{{"what", "scenario"}, {"write", false}, {"replace", false}};
  CHECK(stage.post("/save", asked)["name"] == "crumbproof.yaml");
  CHECK(stage.files.empty());
  asked["write"] = true;
  stage.post("/save", asked);
  CHECK_THAT(stage.files.at("crumbproof.yaml"), Catch::Contains("text: \"a\""));
  stage.files["crumbproof.yaml"] = "mine";
  CHECK(stage.post("/save", asked, 409)["error"] ==
        "crumbproof.yaml is there already; nothing was written");
  CHECK(stage.files["crumbproof.yaml"] == "mine");
  asked["replace"] = true;
  stage.post("/save", asked);
  CHECK(stage.files["crumbproof.yaml"] != "mine");
}

TEST_CASE("A conversation can be saved for replay once something went wrong in it") {
  DeskStage stage;
  stage.say("a");
  const Json asked{{"what", "replay"}, {"write", false}, {"replace", false}};
  CHECK_THAT(stage.post("/save", asked, 400)["error"].get<std::string>(),
             Catch::Contains("nothing to replay"));
  stage.say("b", kMissing);
  CHECK(stage.post("/save", asked)["content"] == "cookie-missing");
}
