#include <crumbproof/report/bytes.hpp>
#include <crumbproof/report/json_report_text.hpp>
#include <crumbproof/report/record_json.hpp>
#include <crumbproof/report/record_reader.hpp>
#include <crumbproof/run/cookie_values.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "sample.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::report;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

using Json = nlohmann::ordered_json;

/// An answer that has all there can be.
run::SeenAnswer rich_answer() {
  run::SeenAnswer seen;
  seen.answer = {200, "text/xml", "<Response/>", {"sid"}, 12300, "a problem", "http://h/{From}"};
  seen.messages.push_back({"{From}", "", "hello", {"http://h/a.png"}, "http://h/news", 21610});
  seen.next =
      run::NextDocument{{"https", "", "h", 8443, "/{From}", "a=%20", true, "rc=2"}, "GET", true};
  seen.failure = twilio::Failure::partial;
  seen.why = target::Unreachable::tls_name;
  seen.cookies = twilio::AnswerCookies(
      {{"Set-Cookie", "s\xffid=abc; Path=/"}, {"Set-Cookie", "no equals sign"}});
  run::CookieValues values;
  seen.cookie_values = values.number(seen.cookies);
  seen.warnings.emplace_back("a warning");
  seen.sent.push_back({"{From}", "{To}", "later", {}});
  return seen;
}

/// Of two executions with one answer in common.
run::Record sample_record() {
  run::Record record;
  run::Transcript transcript;
  transcript.entries.push_back(
      {0xabcdef0123456789, std::make_shared<run::SeenAnswer>(rich_answer()), 812us, true});
  transcript.entries.push_back({7, std::make_shared<run::SeenAnswer>(), 5us, false});
  transcript.deliveries = 2;
  record.add(record.share(1, transcript));
  transcript.entries.pop_back();
  transcript.probe = "200 2 orders";
  transcript.warnings = {"a word of the target's"};
  transcript.deliveries = 3;
  record.add(record.share(0xffffffffffffffff, transcript));
  return record;
}

search::CheckSettings pizza_settings() {
  search::CheckSettings settings;
  settings.scripts = {{"pizza", sample::schedule().messages}};
  settings.kinds = faults::parse_list("missing,stale");
  settings.properties = properties::parse_list("cookie-missing");
  return settings;
}

std::string report_with(const run::Record& record) {
  const Resumable resumable{search_json(pizza_settings(), sample::info()), record};
  search::CheckResult result = sample::pass();
  result.unfinished = true;
  return json_report_text(result, sample::info(), &resumable);
}

Recorded read(const std::string& text, const search::CheckSettings& settings = pizza_settings(),
              const RunInfo& info = sample::info()) {
  return read_record(text, "r.json", search_json(settings, info));
}

std::string changed(const std::function<void(Json&)>& how) {
  Json json = Json::parse(report_with(sample_record()));
  how(json);
  return json.dump();
}

std::string told(const std::string& text, const search::CheckSettings& settings = pizza_settings(),
                 const RunInfo& info = sample::info()) {
  try {
    read(text, settings, info);
  } catch (const BadInput& bad) {
    return bad.what();
  }
  return "nothing";
}

}  // namespace

TEST_CASE("a record is read back as it was written") {
  const run::Record record = sample_record();
  const Recorded recorded = read(report_with(record));
  CHECK(recorded.run_id == sample::info().run_id);
  REQUIRE(recorded.record.executions().size() == 2);
  for (std::size_t n = 0; n < 2; ++n) {
    CAPTURE(n);
    CHECK(recorded.record.executions()[n].id == record.executions()[n].id);
    const run::Transcript one = record.transcript(n);
    const run::Transcript other = recorded.record.transcript(n);
    REQUIRE(one.entries.size() == other.entries.size());
    for (std::size_t i = 0; i < one.entries.size(); ++i) {
      CHECK(one.entries[i].key == other.entries[i].key);
      CHECK(one.entries[i].took == other.entries[i].took);
      CHECK(one.entries[i].whole == other.entries[i].whole);
      CHECK(*one.entries[i].seen == *other.entries[i].seen);
    }
    CHECK(one.probe == other.probe);
    CHECK(one.warnings == other.warnings);
    CHECK(one.deliveries == other.deliveries);
  }
}

TEST_CASE("a record keeps where an answer leads, with or without a port and a query") {
  for (const auto& port : {std::optional<std::uint16_t>(), std::optional<std::uint16_t>(8080)}) {
    for (const bool has_query : {false, true}) {
      run::SeenAnswer seen;
      seen.next = run::NextDocument{{"http", "", "h", port, "/next", "", has_query, ""}, "POST"};
      run::Transcript transcript;
      transcript.entries.push_back({7, std::make_shared<run::SeenAnswer>(seen), 5us, true});
      run::Record record;
      record.add(record.share(1, transcript));
      const Recorded recorded = read(report_with(record));
      CHECK(recorded.record.transcript(0).entries.at(0).seen->next == seen.next);
    }
  }
}

TEST_CASE("an answer stands in a report once, without the values of its cookies") {
  const std::string text = report_with(sample_record());
  CHECK(Json::parse(text)["resume"]["answers"].size() == 2);
  CHECK_THAT(text, !Contains("abc;"));
}

TEST_CASE("a record ends where a URL has a password, which is not written") {
  run::Record record = sample_record();
  run::SeenAnswer secret = rich_answer();
  secret.next->url.userinfo = "user:password";
  run::Transcript transcript;
  transcript.entries.push_back({8, std::make_shared<run::SeenAnswer>(secret), 1us, true});
  record.add(record.share(3, transcript));
  record.add(record.share(4, transcript));
  const std::string text = report_with(record);
  CHECK_THAT(text, !Contains("password"));
  CHECK(read(text).record.executions().size() == 2);
}

TEST_CASE("a report of a check that has ended cannot be resumed") {
  const std::string text = json_report_text(sample::pass(), sample::info());
  CHECK(told(text) ==
        "r.json: there is nothing to resume: the check that wrote it had come to its end");
  CHECK_THAT(told("{"), Contains("r.json is no JSON at line 1"));
  CHECK_THAT(told(R"({"schema": "other/1"})"), Contains("r.json is no report"));
}

TEST_CASE("another search is refused by what differs") {
  const std::string text = report_with(sample_record());
  const auto with = [&](const std::function<void(search::CheckSettings&)>& how) {
    search::CheckSettings settings = pizza_settings();
    how(settings);
    return told(text, settings);
  };
  CHECK(told(text) == "nothing");
  CHECK(with([](auto& settings) { settings.seed = 2; }) ==
        "r.json: it is of another search: its seed is 1, here it is 2; give --resume with the "
        "options of the check that wrote it");
  CHECK_THAT(with([](auto& settings) { settings.budget = 1; }), Contains("its budget is 20000"));
  CHECK_THAT(with([](auto& settings) { settings.strategy = search::Strategy::random; }),
             Contains("its strategy is \"auto\""));
  CHECK_THAT(with([](auto& settings) { settings.keep_going = true; }),
             Contains("its keep_going is false"));
  CHECK_THAT(with([](auto& settings) { settings.overlap_tries = 1; }),
             Contains("its overlap_tries is 5"));
  CHECK_THAT(with([](auto& settings) { settings.max_faults = 1; }), Contains("max_faults is 2"));
  CHECK_THAT(with([](auto& settings) {
               settings.shard = search::Shard{1, 2};
             }),
             Contains("its shard is null, here it is \"1/2\""));
  CHECK_THAT(with([](auto& settings) { settings.kinds = faults::parse_list("missing"); }),
             Contains("its faults is"));
  CHECK_THAT(with([](auto& settings) { settings.scripts.front().messages.pop_back(); }),
             Contains("its scripts is"));
}

TEST_CASE("options that shape requests have to be the same, those that find the app do not") {
  const std::string text = report_with(sample_record());
  const auto with = [&](const std::string& name, const std::string& value) {
    RunInfo info = sample::info();
    info.options[name] = value;
    return told(text, pizza_settings(), info);
  };
  CHECK(with("start", "another command") == "nothing");
  CHECK_THAT(with("probe", "http://127.0.0.1/probe"),
             Contains("its --probe is null, here it is \"http://127.0.0.1/probe\""));
  RunInfo info = sample::info();
  info.version = "9.9.9";
  CHECK_THAT(told(text, pizza_settings(), info), Contains("its version is"));
  info = sample::info();
  info.target = "http://127.0.0.1:1/elsewhere";
  CHECK_THAT(told(text, pizza_settings(), info), Contains("its url is"));
}

TEST_CASE("a record that was changed is refused, and where") {
  const auto with = [](const std::function<void(Json&)>& how) {
    return told(changed([&](Json& json) { how(json["resume"]); }));
  };
  CHECK_THAT(with([](Json& json) { json.erase("answers"); }),
             Contains("r.json: in \"resume\": the key \"answers\" is missing"));
  CHECK_THAT(with([](Json& json) { json["executions"][1]["id"] = "xyz"; }),
             Contains("entry 1 of \"executions\": the key \"id\" has to be 16 hex digits"));
  CHECK_THAT(with([](Json& json) { json["executions"][0]["requests"] = "07:99:1"; }),
             Contains("entry 0 of \"executions\": there is no answer 99"));
  for (const std::string requests : {"07", "07:", "07:0", "07:0:", "07:0:1;", "x:0:1", "07:0:-1"}) {
    CAPTURE(requests);
    CHECK_THAT(with([&](Json& json) { json["executions"][0]["requests"] = requests; }),
               Contains("the key \"requests\" has to be like \"b0532e84b7ca4932:0:812\""));
  }
  CHECK_THAT(with([](Json& json) { json["answers"].push_back(json["answers"][0]); }),
             Contains("entry 2 of \"answers\": it is there twice"));
  CHECK_THAT(with([](Json& json) { json["answers"][0]["cookie_values"] = {1}; }),
             Contains("there has to be one of \"cookie_values\" for each Set-Cookie"));
  CHECK_THAT(with([](Json& json) {
               json["answers"][0]["cookie_values"] = {2, 0};
             }),
             Contains("entry 0 of \"executions\": the cookie values of answer 0 do not fit"));
  for (const Json& values : {Json{"x", 0}, Json{-1, 0}, Json{0.5, 0}, Json{4'294'967'296, 0}}) {
    CHECK_THAT(with([&](Json& json) { json["answers"][0]["cookie_values"] = values; }),
               Contains("the key \"cookie_values\" has to be a list of whole numbers"));
  }
  const Json name_alone = Json::array({"Set-Cookie"});
  const Json no_name = Json::array({1, "a=b"});
  const Json no_value = Json::array({"Set-Cookie", 1});
  for (const Json& field : {Json("a=b"), name_alone, no_name, no_value}) {
    CHECK_THAT(with([&](Json& json) { json["answers"][0]["cookies"][0] = field; }),
               Contains("a cookie has to be a list of the field's name and its value"));
  }
  CHECK_THAT(with([](Json& json) { json["answers"][0]["cookies"][0][1] = "\u20ac=1"; }),
             Contains("a text that stands for bytes has a character that is none"));
  CHECK_THAT(with([](Json& json) { json["answers"][0]["next"]["scheme"] = "file"; }),
             Contains("the key \"scheme\" has to be http or https"));
  CHECK_THAT(with([](Json& json) { json["answers"][0]["failure"] = 6; }), Contains("failure"));
  CHECK_THAT(with([](Json& json) { json["answers"][0]["answer"].erase("status"); }),
             Contains("the key \"status\" is missing"));
  CHECK_THAT(with([](Json& json) { json["search"] = 1; }),
             Contains("the key \"search\" has to be an object"));
}

TEST_CASE("any bytes can be written as text and read back") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string text = text_of_bytes(all);
  CHECK(bytes_of_text(text) == all);
  CHECK(Json::parse(Json(text).dump()).get<std::string>() == text);
  CHECK_THROWS_AS(bytes_of_text("\xe2\x82\xac"), BadInput);
  CHECK_THROWS_AS(bytes_of_text("\xc3"), BadInput);
}
