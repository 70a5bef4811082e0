#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/json.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using Json = nlohmann::ordered_json;

namespace {

// What is drawn is drawn one number or text at a time: a generator of each struct would take g++
// more time than the rest of the room.

/// From the whole of its range, even at first.
template <class Number>
Number any() {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<Number>());
}

std::int64_t up_to(std::int64_t least, std::int64_t most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1));
}

bool either() { return up_to(0, 1) == 1; }

/// None to three.
template <class Draw>
auto few(Draw draw) {
  constexpr std::int64_t kMost = 3;
  std::vector<decltype(draw())> elements(static_cast<std::size_t>(up_to(0, kMost)));
  for (auto& element : elements) element = draw();
  return elements;
}

std::string text() {
  static const std::vector<std::string> pieces = {"a",  "Z",  "7",  " ",    "\n",
                                                  "\t", "\"", "\\", "/",    "{From}",
                                                  "ñ",  "€",  "😀",  "\x01", std::string(1, '\0')};
  std::string joined;
  for (const std::size_t piece : few([] {
         return static_cast<std::size_t>(up_to(0, static_cast<std::int64_t>(pieces.size()) - 1));
       })) {
    joined += pieces[piece];
  }
  return joined;
}

std::vector<std::string> texts() { return few(text); }

template <class Number>
Number number() {
  return Number(static_cast<std::uint32_t>(up_to(0, 1'000'000'000)));
}

Instant instant() { return Instant(Duration(up_to(-1'000, 1'000'000'000'000))); }

std::optional<Instant> perhaps_instant() {
  return either() ? std::optional(instant()) : std::nullopt;
}

std::optional<Parameter> parameter() {
  if (either()) return std::nullopt;
  const std::string name = either() ? "k" : "withheld";
  return either() ? Parameter{name, any<std::int64_t>()} : Parameter{name, texts()};
}

Message message() { return {number<PairIndex>(), text(), instant()}; }

Fault fault() { return {text(), number<DeliveryNumber>(), parameter()}; }

Schedule schedule() { return {few(message), few(fault)}; }

Answer answer() {
  return {any<int>(), text(), text(), texts(), any<int>(), text(), text(), text()};
}

ReplyMessage reply() {
  return {text(), text(), text(), texts(), text(), either() ? 0 : any<int>()};
}

CookieSent cookie() { return {text(), number<DeliveryNumber>()}; }

Delivery delivery() {
  constexpr auto kLast = static_cast<std::int64_t>(DeliveryKind::callback);
  return {number<DeliveryNumber>(),
          number<MessageIndex>(),
          number<PairIndex>(),
          static_cast<DeliveryKind>(up_to(0, kLast)),
          text(),
          text(),
          few(cookie),
          texts(),
          instant(),
          instant(),
          perhaps_instant(),
          perhaps_instant(),
          answer(),
          few(reply),
          text()};
}

Outcome outcome() {
  return {number<MessageIndex>(),
          either(),
          number<DeliveryNumber>(),
          any<int>(),
          any<int>(),
          text(),
          few(reply)};
}

Trace trace() {
  return {few(delivery), few(outcome), either() ? std::optional(text()) : std::nullopt};
}

/// A value as it comes back from a file.
Json written_and_read(const Json& json) { return Json::parse(json.dump(2)); }

Json one_schedule() {
  return Json::parse(R"({"messages": [{"pair": 0, "body": "order", "at_s": 1.5}],
                         "faults": [{"kind": "stale", "delivery": 2, "k": 3}]})");
}

template <class Read>
std::string message_of(Read read, const Json& json) {
  try {
    static_cast<void>(read(json));
  } catch (const BadInput& error) {
    return error.what();
  }
  return "accepted";
}

std::string message_of(const Json& json) { return message_of(schedule_from_json, json); }

Json one_trace() {
  Trace trace;
  trace.deliveries.emplace_back();
  trace.deliveries[0].cookies = {{"sid", DeliveryNumber(1)}};
  trace.outcomes.emplace_back();
  trace.outcomes[0].messages.emplace_back();
  return to_json(trace);
}

}  // namespace

TEST_CASE("A schedule comes back from JSON as it was, and with its hash") {
  CHECK(rc::check([] {
    const Schedule before = schedule();
    const Schedule after = schedule_from_json(written_and_read(to_json(before)));
    RC_ASSERT(after == before);
    RC_ASSERT(after.hash() == before.hash());
  }));
}

TEST_CASE("A trace comes back from JSON as it was, and with its hash") {
  CHECK(rc::check([] {
    const Trace before = trace();
    const Trace after = trace_from_json(written_and_read(to_json(before)));
    RC_ASSERT(after == before);
    RC_ASSERT(after.hash() == before.hash());
  }));
}

TEST_CASE("JSON has the keys of the report, in their order") {
  const Schedule schedule{
      {{PairIndex(0), "order", Instant(Duration(1'500))}},
      {{"missing", DeliveryNumber(2), std::nullopt},
       {"stale", DeliveryNumber(3), Parameter{"k", std::int64_t{2}}},
       {"partial", DeliveryNumber(4), Parameter{"withheld", std::vector<std::string>{"a"}}}}};
  CHECK(to_json(schedule).dump() ==
        R"({"messages":[{"pair":0,"body":"order","at_s":1.5}],)"
        R"("faults":[{"kind":"missing","delivery":2},{"kind":"stale","delivery":3,"k":2},)"
        R"({"kind":"partial","delivery":4,"withheld":["a"]}]})");
}

TEST_CASE("Times may be whole numbers, and are rounded to milliseconds") {
  Json json = one_schedule();
  json["messages"][0]["at_s"] = 4;
  CHECK(schedule_from_json(json).messages[0].at == Instant(Duration(4'000)));
  json["messages"][0]["at_s"] = 0.0014999;
  CHECK(schedule_from_json(json).messages[0].at == Instant(Duration(1)));
}

TEST_CASE("Keys that are not known leave a schedule as it is, but a fault takes one parameter") {
  Json json = one_schedule();
  json["comment"] = "mine";
  json["messages"][0]["comment"] = "mine";
  CHECK(schedule_from_json(json) == schedule_from_json(one_schedule()));
}

TEST_CASE("A schedule that lacks something or has it wrong is refused with the key") {
  const auto broken = [](const auto& change) {
    Json json = one_schedule();
    change(json);
    return message_of(json);
  };
  CHECK(message_of(Json::array()) == "an object is expected where [] stands");
  CHECK(broken([](Json& j) { j.erase("messages"); }) == "the key \"messages\" is missing");
  CHECK(broken([](Json& j) { j.erase("faults"); }) == "the key \"faults\" is missing");
  CHECK(broken([](Json& j) { j["faults"] = 1; }) == "the key \"faults\" has to be a list");
  CHECK(broken([](Json& j) { j["faults"][0] = 1; }) == "an object is expected where 1 stands");
  CHECK(broken([](Json& j) { j["messages"][0].erase("body"); }) == "the key \"body\" is missing");
  CHECK(broken([](Json& j) { j["messages"][0]["body"] = 7; }) ==
        "the key \"body\" has the wrong type: 7");
  CHECK(broken([](Json& j) { j["messages"][0]["channel"] = "fax"; }) ==
        "\"fax\" is no channel; there are sms and whatsapp");
  CHECK(broken([](Json& j) {
          j["messages"][0]["media"] = "image/jpeg";
        }).starts_with("the key \"media\" has the wrong type: "));
  CHECK(broken([](Json& j) {
          j["messages"][0]["parameters"] = {{"ButtonText", 1}};
        }) == "the key \"ButtonText\" has the wrong type: 1");
  CHECK(broken([](Json& j) { j["faults"][0]["kind"] = nullptr; }) ==
        "the key \"kind\" has the wrong type: null");
}

TEST_CASE("Numbers that are none, or out of range, are refused with the key") {
  for (const char* const bad :
       {"-1", "1.5", "\"1\"", "true", "null", "1000000001", "18446744073709551615", "1e300"}) {
    CAPTURE(bad);
    Json json = one_schedule();
    json["faults"][0]["delivery"] = Json::parse(bad);
    CHECK(message_of(json).starts_with("the key \"delivery\" has to be a whole number, not "));
  }
  for (const char* const bad : {"\"1\"", "true", "null", "1e10", "-1e10", "[]"}) {
    CAPTURE(bad);
    Json json = one_schedule();
    json["messages"][0]["at_s"] = Json::parse(bad);
    CHECK(message_of(json).starts_with("the key \"at_s\" has to be a time in seconds, not "));
  }
  for (const char* const bad : {"1.5", "\"1\"", "true", "null", "18446744073709551615"}) {
    CAPTURE(bad);
    Json json = one_schedule();
    json["faults"][0]["k"] = Json::parse(bad);
    CHECK(message_of(json) ==
          "the fault's key \"k\" has to be a whole number or a list of cookie names");
  }
  Json json = one_schedule();
  json["faults"][0]["k"] = Json::parse("[1]");
  CHECK(message_of(json) == "the key \"k\" has the wrong type: [1]");
}

TEST_CASE("What a message says beside its text comes back from JSON, and is not written if empty") {
  Json json = one_schedule();
  CHECK(to_json(schedule_from_json(json))["messages"][0].size() == 3);
  json["messages"][0]["media"] = {"image/jpeg", "audio/ogg"};
  json["messages"][0]["channel"] = "whatsapp";
  json["messages"][0]["country"] = "GB";
  json["messages"][0]["parameters"] = {{"ButtonText", "Yes"}, {"Latitude", "52.5"}};
  const Schedule schedule = schedule_from_json(json);
  CHECK(schedule.messages[0].from.channel == Channel::whatsapp);
  CHECK(schedule.messages[0].extra.size() == 2);
  CHECK(schedule_from_json(to_json(schedule)) == schedule);
  CHECK(schedule.hash() != schedule_from_json(one_schedule()).hash());
}

TEST_CASE("Replies that are no list are refused") {
  CHECK(message_of(reply_messages_from_json, Json::object()) == "a list of messages is expected");
}

TEST_CASE("A trace that lacks something or has it wrong is refused with the key") {
  const auto broken = [](const auto& change) {
    Json json = one_trace();
    change(json);
    return message_of(trace_from_json, json);
  };
  CHECK(broken([](Json&) {}) == "accepted");
  CHECK(broken([](Json& j) { j.erase("probe"); }) == "the key \"probe\" is missing");
  CHECK(broken([](Json& j) { j["probe"] = 1; }) == "the key \"probe\" has the wrong type: 1");
  CHECK(broken([](Json& j) { j["deliveries"] = Json::object(); }) ==
        "the key \"deliveries\" has to be a list");
  CHECK(broken([](Json& j) { j["deliveries"][0]["kind"] = "second"; }) ==
        "\"second\" is no kind of delivery");
  CHECK(broken([](Json& j) { j["deliveries"][0]["cookies"][0].erase("set_by"); }) ==
        "the key \"set_by\" is missing");
  CHECK(broken([](Json& j) { j["deliveries"][0]["answered_s"] = "x"; }) ==
        "the key \"answered_s\" has to be a time in seconds, not \"x\"");
  CHECK(broken([](Json& j) { j["deliveries"][0]["faults"] = "x"; }) ==
        "the key \"faults\" has the wrong type: \"x\"");
  CHECK(broken([](Json& j) { j["deliveries"][0]["answer"] = nullptr; }) ==
        "an object is expected where null stands");
  CHECK(broken([](Json& j) { j["outcomes"][0]["duplicate"] = 1; }) ==
        "the key \"duplicate\" has the wrong type: 1");
  CHECK(broken([](Json& j) { j["outcomes"][0]["messages"][0].erase("media"); }) ==
        "the key \"media\" is missing");
  for (const char* const bad :
       {"2.5", "true", "\"200\"", "null", "99999999999", "-99999999999", "18446744073709551615"}) {
    CAPTURE(bad);
    CHECK(broken([&](Json& j) { j["deliveries"][0]["answer"]["status"] = Json::parse(bad); }) ==
          "the key \"status\" has the wrong type: " + Json::parse(bad).dump());
    CHECK(broken([&](Json& j) { j["outcomes"][0]["error_code"] = Json::parse(bad); }) ==
          "the key \"error_code\" has the wrong type: " + Json::parse(bad).dump());
  }
}
