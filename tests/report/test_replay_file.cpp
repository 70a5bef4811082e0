#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include "sample.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using report::read_replay_file;
using report::ReplayFile;
using report::write_replay_file;
namespace sample = report::sample;

namespace {

using Json = nlohmann::ordered_json;

ReplayFile sample_file() {
  ReplayFile file;
  file.version = "0.1.0";
  file.seed = 7;
  file.run_id = "7f3a";
  file.target = "http://127.0.0.1:3000/sms";
  file.options = {{"method", "POST"}, {"start", "node app.js"}};
  file.recorded = {sample::schedule(), "cookie-missing",   {"ticket #[0-9]+"},
                   sample::actual(),   sample::expected(), sample::difference()};
  return file;
}

bool equal(const ReplayFile& a, const ReplayFile& b) {
  return a.version == b.version && a.seed == b.seed && a.run_id == b.run_id &&
         a.target == b.target && a.options == b.options &&
         a.recorded.schedule == b.recorded.schedule && a.recorded.property == b.recorded.property &&
         a.recorded.ignore == b.recorded.ignore && a.recorded.actual == b.recorded.actual &&
         a.recorded.expected == b.recorded.expected &&
         a.recorded.difference == b.recorded.difference;
}

/// What is said of the sample file after a change to it.
std::string complaint(const std::function<void(Json&)>& change) {
  Json json = Json::parse(write_replay_file(sample_file()));
  change(json);
  try {
    read_replay_file(json.dump(), "x.json");
  } catch (const BadInput& bad) {
    return bad.what();
  }
  return "";
}

std::string complaint_about(std::string_view text) {
  try {
    read_replay_file(text, "x.json");
  } catch (const BadInput& bad) {
    return bad.what();
  }
  return "";
}

// ---- any value

std::string any_text() {
  std::string text;
  for (const auto pick : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 24))) {
    constexpr std::array kRare{
        "\"", "\\", "\n", "\x1b", "\x7f", "{From}", "\xc3\xa9", "\xe2\x80\xae", "\xf0\x9f\x8d\x95",
        "/"};
    const auto index = static_cast<std::size_t>(pick);
    text += index < kRare.size() ? std::string(kRare[index])
                                 : std::string(1, static_cast<char>('a' + pick));
  }
  return text;
}

std::uint32_t any_number(std::uint32_t below) { return *rc::gen::inRange<std::uint32_t>(0, below); }

Instant any_instant() {
  return Instant(Duration(*rc::gen::inRange<std::int64_t>(0, 100'000'000'000)));
}

std::optional<Instant> maybe_instant() {
  return *rc::gen::arbitrary<bool>() ? std::optional(any_instant()) : std::nullopt;
}

template <class Make>
auto several(Make make) {
  std::vector<decltype(make())> values;
  for (std::uint32_t n = any_number(4); n > 0; --n) values.push_back(make());
  return values;
}

Fault any_fault() {
  Fault fault{*rc::gen::element<std::string>("missing", "stale", "partial", "expire", "reorder"),
              DeliveryNumber(any_number(100)),
              {}};
  if (fault.kind == "stale" || fault.kind == "expire") {
    fault.parameter =
        Parameter{"k", *rc::gen::inRange<std::int64_t>(0, std::numeric_limits<int>::max())};
  } else if (fault.kind == "partial") {
    fault.parameter = Parameter{"withheld", several(any_text)};
  }
  return fault;
}

Schedule any_schedule() {
  Schedule schedule;
  schedule.messages = several([] {
    return Message{PairIndex(any_number(5)), any_text(), any_instant()};
  });
  schedule.messages.push_back({PairIndex(0), any_text(), any_instant()});
  schedule.faults = several(any_fault);
  return schedule;
}

Answer any_answer() {
  Answer answer;
  answer.status = static_cast<int>(any_number(600));
  answer.content_type = any_text();
  answer.body = any_text();
  answer.set_cookies = several(any_text);
  answer.error_code = static_cast<int>(any_number(20000));
  answer.problem = any_text();
  answer.next = any_text();
  return answer;
}

Trace any_trace(std::size_t messages) {
  const auto message = [messages] {
    return MessageIndex(any_number(static_cast<std::uint32_t>(messages)));
  };
  Trace trace;
  trace.deliveries = several([&] {
    Delivery delivery;
    delivery.number = DeliveryNumber(any_number(100));
    delivery.message = message();
    delivery.pair = PairIndex(any_number(5));
    delivery.kind =
        *rc::gen::element(DeliveryKind::first, DeliveryKind::retry, DeliveryKind::duplicate,
                          DeliveryKind::fallback, DeliveryKind::redirect);
    delivery.method = any_text();
    delivery.url = any_text();
    delivery.cookies = several([] {
      return CookieSent{any_text(), DeliveryNumber(any_number(100))};
    });
    delivery.faults = several(any_text);
    delivery.triggered = any_instant();
    delivery.arrived = any_instant();
    delivery.answered = maybe_instant();
    delivery.received = maybe_instant();
    delivery.answer = any_answer();
    return delivery;
  });
  trace.outcomes = several([&] {
    Outcome outcome;
    outcome.message = message();
    outcome.duplicate = *rc::gen::arbitrary<bool>();
    outcome.last = DeliveryNumber(any_number(100));
    outcome.status_class = static_cast<int>(any_number(6));
    outcome.error_code = static_cast<int>(any_number(20000));
    outcome.problem = any_text();
    outcome.messages = several([] {
      return ReplyMessage{any_text(), any_text(), any_text(), several(any_text)};
    });
    return outcome;
  });
  if (*rc::gen::arbitrary<bool>()) trace.probe = any_text();
  return trace;
}

ReplayFile any_file() {
  ReplayFile file;
  file.version = any_text();
  file.seed = *rc::gen::arbitrary<std::uint64_t>();
  file.run_id = any_text();
  file.target = any_text();
  for (const std::string& name : several(any_text)) file.options[name] = any_text();
  search::Recorded& recorded = file.recorded;
  recorded.schedule = any_schedule();
  recorded.property = *rc::gen::element<std::string>("cookie-missing", "cookie-stale", "loop-free");
  recorded.ignore = several(any_text);
  recorded.actual = any_trace(recorded.schedule.messages.size());
  recorded.expected = any_trace(recorded.schedule.messages.size());
  using properties::DifferenceKind;
  recorded.difference = {*rc::gen::element(DifferenceKind::reply, DifferenceKind::crash,
                                           DifferenceKind::endless, DifferenceKind::probe),
                         DeliveryNumber(any_number(100)), MessageIndex(any_number(100)), any_text(),
                         any_text()};
  return file;
}

}  // namespace

TEST_CASE("A replay file reads back as it was written") {
  CHECK(equal(read_replay_file(write_replay_file(sample_file()), "x.json"), sample_file()));
  CHECK(rc::check([] {
    const ReplayFile file = any_file();
    RC_ASSERT(equal(read_replay_file(write_replay_file(file), "x.json"), file));
  }));
}

TEST_CASE("A seed of all bits survives a replay file") {
  ReplayFile file = sample_file();
  file.seed = std::numeric_limits<std::uint64_t>::max();
  CHECK(read_replay_file(write_replay_file(file), "x.json").seed == file.seed);
}

TEST_CASE("A replay file says first what it is and ends with a line end") {
  const std::string text = write_replay_file(sample_file());
  CHECK(text.starts_with("{\n  \"schema\": \"crumbproof.replay/1\",\n  \"version\": \"0.1.0\","));
  CHECK(text.ends_with("}\n"));
  const Json json = Json::parse(text);
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"schema", "version", "seed", "run_id", "target", "options",
                                         "property", "ignore", "schedule", "difference", "actual",
                                         "expected"});
  CHECK(json["difference"]["kind"] == "reply");
}

TEST_CASE("An auth token is neither written nor read") {
  ReplayFile file = sample_file();
  file.options["auth-token"] = "s3cret";
  const std::string text = write_replay_file(file);
  CHECK(text.find("s3cret") == std::string::npos);
  CHECK(text.find("auth-token") == std::string::npos);
  CHECK(complaint([](Json& json) { json["options"]["auth-token"] = "s3cret"; }) ==
        "x.json: an auth token must not stand in a replay file; take it out and give it in "
        "TWILIO_AUTH_TOKEN");
}

TEST_CASE("Bytes that are no UTF-8 do not keep a replay file from being written") {
  ReplayFile file = sample_file();
  file.recorded.schedule.messages[0].body = "a\xff";
  const ReplayFile read = read_replay_file(write_replay_file(file), "x.json");
  CHECK(read.recorded.schedule.messages[0].body == "a\xef\xbf\xbd");
}

TEST_CASE("What is no JSON is refused with its place") {
  CHECK(complaint_about("") ==
        "x.json is no JSON at line 1, column 1; a file that crumbproof has saved (--save) is "
        "expected");
  CHECK(complaint_about("{\n \"schema\": oops}") ==
        "x.json is no JSON at line 2, column 12; a file that crumbproof has saved (--save) is "
        "expected");
  CHECK(complaint_about("\xff\xfe").starts_with("x.json is no JSON at line 1, column 1;"));
  const std::string whole = write_replay_file(sample_file());
  CHECK(complaint_about(whole.substr(0, whole.size() / 2)).starts_with("x.json is no JSON at "));
}

TEST_CASE("A number that no double holds is refused") {
  CHECK(
      complaint_about(R"({"schema": 1e999})") ==
      "x.json has a number that is too large for any file of crumbproof's; a file that crumbproof "
      "has saved (--save) is expected");
}

TEST_CASE("JSON that is deeper than any file of ours is refused, however deep it is") {
  const auto nested = [](std::size_t depth) {
    return R"({"schema": "crumbproof.replay/1", "version": )" + std::string(depth, '[') +
           std::string(depth, ']') + '}';
  };
  CHECK(complaint_about(nested(99)).starts_with("x.json: the key \"version\" has to be a text"));
  const std::string expected =
      "x.json has lists or objects 101 deep in each other at line 1, column 145; no file of "
      "crumbproof's has";
  CHECK(complaint_about(nested(100)) == expected);
  CHECK(complaint_about(nested(1'000'000)) == expected);
  // What brackets stand in a text is none.
  CHECK(complaint_about(R"({"schema": "\\\"[)" + std::string(200, '[') + "\"}")
            .starts_with("x.json is no replay file"));
}

TEST_CASE("Other JSON is no replay file") {
  const std::string expected =
      "x.json is no replay file: its key \"schema\" has to be \"crumbproof.replay/1\"";
  CHECK(complaint_about("[]") == expected);
  CHECK(complaint_about("null") == expected);
  CHECK(complaint_about("{}") == expected);
  CHECK(complaint_about(R"({"schema": 1})") == expected);
  CHECK(complaint_about(R"({"schema": "crumbproof.report/1"})") == expected);
}

TEST_CASE("A replay file of another version is refused with both versions, and who wrote it") {
  CHECK(complaint([](Json& json) { json["schema"] = "crumbproof.replay/2"; }) ==
        "x.json is a replay file of version 2, written by crumbproof 0.1.0; this crumbproof reads "
        "version 1");
  CHECK(complaint_about(R"({"schema": "crumbproof.replay/2"})") ==
        "x.json is a replay file of version 2; this crumbproof reads version 1");
  CHECK(complaint_about(R"({"schema": "crumbproof.replay/1\n\u001b[2J"})") ==
        R"(x.json is a replay file of version 1\n\x1b[2J; this crumbproof reads version 1)");
}

TEST_CASE("Each key of a replay file is needed") {
  const Json whole = Json::parse(write_replay_file(sample_file()));
  for (const auto& [key, value] : whole.items()) {
    if (key == "schema") continue;
    CHECK(complaint([&, &name = key](Json& json) { json.erase(name); }) ==
          "x.json: the key \"" + key + "\" is missing");
    CHECK(complaint([&, &name = key](Json& json) { json[name] = 1.5; }).starts_with("x.json: "));
  }
  for (const auto& [key, value] : whole["difference"].items()) {
    CHECK(complaint([&, &name = key](Json& json) { json["difference"].erase(name); }) ==
          "x.json: in \"difference\": the key \"" + key + "\" is missing");
  }
}

TEST_CASE("What has the wrong type in a replay file is named") {
  CHECK(complaint([](Json& json) { json["seed"] = -1; }) ==
        "x.json: the key \"seed\" has to be a whole number, not -1");
  CHECK(complaint([](Json& json) { json["seed"] = "1"; }) ==
        "x.json: the key \"seed\" has to be a whole number, not \"1\"");
  CHECK(complaint([](Json& json) { json["target"] = Json::array(); }) ==
        "x.json: the key \"target\" has to be a text, not []");
  CHECK(complaint([](Json& json) { json["options"] = "POST"; }) ==
        "x.json: the key \"options\" has to be an object of texts");
  CHECK(complaint([](Json& json) { json["options"]["method"] = 1; }) ==
        "x.json: the key \"method\" has to be a text, not 1");
  CHECK(complaint([](Json& json) {
          json["ignore"] = {"a", 1};
        }) == "x.json: the key \"ignore\" has to be a list of texts");
  CHECK(complaint([](Json& json) { json["difference"] = Json::array(); }) ==
        "x.json: in \"difference\": an object is expected");
  CHECK(complaint([](Json& json) { json["difference"]["kind"] = "odd"; }) ==
        "x.json: in \"difference\": \"odd\" is no kind of difference; there are reply, crash, "
        "endless and probe");
  CHECK(complaint([](Json& json) { json["difference"]["delivery"] = 5'000'000'000; }) ==
        "x.json: in \"difference\": the key \"delivery\" has to be a whole number, not 5000000000");
  CHECK(complaint([](Json& json) { json["schedule"].erase("faults"); }) ==
        "x.json: in \"schedule\": the key \"faults\" is missing");
  CHECK(complaint([](Json& json) { json["actual"]["deliveries"][0].erase("kind"); }) ==
        "x.json: in \"actual\": the key \"kind\" is missing");
}

TEST_CASE("A fault or property that is not known is refused with the nearest one") {
  CHECK(complaint([](Json& json) { json["property"] = "cookie-mising"; }) ==
        "x.json: there is no property \"cookie-mising\"; did you mean \"cookie-missing\"?");
  CHECK(complaint([](Json& json) { json["property"] = "cookie-missing,cookie-stale"; }) ==
        "x.json: there is no property \"cookie-missing,cookie-stale\"");
  CHECK(complaint([](Json& json) { json["schedule"]["faults"][0]["kind"] = "stail"; }) ==
        "x.json: in \"schedule\": there is no fault \"stail\"; did you mean \"stale\"?");
  CHECK(complaint([](Json& json) { json["schedule"]["faults"][0]["kind"] = "missing,stale"; }) ==
        "x.json: in \"schedule\": there is no fault \"missing,stale\"");
}

TEST_CASE("A schedule has messages, and its traces speak of no others") {
  CHECK(complaint([](Json& json) { json["schedule"]["messages"] = Json::array(); }) ==
        "x.json: in \"schedule\": there has to be a message at least");
  CHECK(complaint([](Json& json) { json["actual"]["deliveries"][0]["message"] = 2; }) ==
        "x.json: in \"actual\": message 2 is none of the schedule's, which are 0 to 1");
  CHECK(complaint([](Json& json) { json["expected"]["outcomes"][0]["message"] = 2; }) ==
        "x.json: in \"expected\": message 2 is none of the schedule's, which are 0 to 1");
}

TEST_CASE("A complaint about a replay file is one line that is not as long as the file") {
  const std::string what =
      complaint([](Json& json) { json["target"] = Json::array({std::string(100'000, 'x')}); });
  CHECK(what.size() < 400);
  CHECK(what.ends_with("..."));
}
