#include <crumbproof/report/diagram.hpp>

#include <string>

#include "sample.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace crumbproof;
using properties::DifferenceKind;
using report::diagram;
using report::Style;
namespace sample = report::sample;

namespace {

/// A schedule, its trace and a difference, to be changed by each test.
struct Case {
  Schedule schedule = sample::schedule();
  Trace trace = sample::actual();
  properties::Difference difference = sample::difference();

  [[nodiscard]] std::string draw(const Style& style = {}) const {
    return diagram({schedule, trace, &difference}, style);
  }
};

/// Whether the diagram has a line that says this and no more.
bool says(const std::string& diagram, const std::string& text) {
  for (std::size_t at = 0; at < diagram.size();) {
    const std::size_t end = diagram.find('\n', at);
    const std::string line = diagram.substr(at, end - at);
    at = end + 1;
    const std::size_t found = line.find(text);
    if (found == std::string::npos) continue;
    const std::string rest = line.substr(found + text.size());
    const std::string before = line.substr(0, found);
    if (before.find_first_not_of(" │0123456789") == std::string::npos &&
        rest.find_first_not_of(" │") == std::string::npos) {
      return true;
    }
  }
  return false;
}

std::size_t place(const std::string& diagram, const std::string& text) {
  const std::size_t at = diagram.find(text);
  INFO(text);
  REQUIRE(at != std::string::npos);
  return at;
}

}  // namespace

TEST_CASE("A delivery says which cookies it carried, and from where") {
  Case one;
  one.trace.deliveries[1].faults = {"stale"};
  one.trace.deliveries[1].cookies = {{"sid", DeliveryNumber(1)}, {"cart", DeliveryNumber()}};
  one.schedule.faults = {{"stale", DeliveryNumber(2), Parameter{"k", std::int64_t{2}}}};
  const std::string text = one.draw();
  CHECK(says(text, "no cookie yet"));
  CHECK(says(text, "Cookie: sid from delivery 1, cart"));
  CHECK(says(text, "✗ stale: the cookies of 2 versions ago were sent"));
}

TEST_CASE("A cookie that is gone is not one that was never set") {
  Case one;
  one.trace.deliveries[1].faults = {"expire"};
  one.schedule.faults = {{"expire", DeliveryNumber(2), Parameter{"seconds", std::int64_t{60}}}};
  CHECK(says(one.draw(), "no cookie"));
  one.trace.deliveries[1].pair = PairIndex(1);
  CHECK_FALSE(says(one.draw(), "no cookie"));
}

TEST_CASE("An outage goes on") {
  Case one;
  one.schedule.messages.push_back({PairIndex(0), "yes", Instant(Duration(20'000))});
  one.schedule.faults = {{"outage", DeliveryNumber(2), {}}};
  one.trace.deliveries[1].faults = {"outage"};
  one.trace.deliveries.push_back(sample::delivery(3, 2, 20'050));
  const std::string text = one.draw();
  CHECK(says(text, "✗ outage: no cookie is sent from here on"));
  CHECK(place(text, "✗ outage: no cookie is sent here either") > place(text, "\"yes\""));
}

TEST_CASE("A request that is lost does not reach the app and has no answer") {
  Case one;
  Delivery& lost = one.trace.deliveries[1];
  lost.faults = {"drop"};
  lost.answered.reset();
  lost.received.reset();
  lost.answer = {};
  lost.answer.edit().problem = "the request was lost on its way";
  one.difference.delivery = DeliveryNumber(9);
  one.trace.outcomes.pop_back();
  const std::string text = one.draw({.width = 60});
  CHECK(text.find(R"(
  │     ✗ drop: the request never reached the app          │
  ├────────────────────────────✗                           │
  │     the request was lost on its way                    │
)") != std::string::npos);
}

TEST_CASE("An answer that is lost does not reach the sender") {
  Case one;
  Delivery& first = one.trace.deliveries[0];
  first.faults = {"lost-response"};
  first.received.reset();
  one.trace.outcomes.erase(one.trace.outcomes.begin());
  CHECK(one.draw({.width = 60}).find(R"(
  ├───────────────────────────────────────────────────────>│
  │                           ✗────────────────────────────┤
  │     Set-Cookie: sid                                    │
  │     ✗ lost-response: the answer was lost on its way    │
  │     back                                               │
  │     no answer was received                             │
)") != std::string::npos);
}

TEST_CASE("An app that does not answer sends no arrow back") {
  Case one;
  Delivery& first = one.trace.deliveries[0];
  first.received.reset();
  first.answer = {};
  first.answer.edit().problem = "no answer came in time";
  one.trace.outcomes.erase(one.trace.outcomes.begin());
  CHECK(one.draw({.width = 60}).find(R"(
  ├───────────────────────────────────────────────────────>│
  │     no answer came in time                             │
)") != std::string::npos);
}

TEST_CASE("Kinds of delivery but the first are named") {
  Case one;
  Delivery retry = sample::delivery(2, 0, 1'050);
  retry.kind = DeliveryKind::retry;
  Delivery duplicate = sample::delivery(3, 0, 2'050);
  duplicate.kind = DeliveryKind::duplicate;
  Delivery fallback = sample::delivery(4, 1, 3'050);
  fallback.kind = DeliveryKind::fallback;
  fallback.url = "http://127.0.0.1:3000/fallback";
  Delivery redirect = sample::delivery(5, 1, 4'050);
  redirect.kind = DeliveryKind::redirect;
  redirect.method = "GET";
  redirect.url = "http://elsewhere.example/next";
  fallback.answer.edit().next = redirect.url.str();
  duplicate.answer.edit().next = "http://127.0.0.1:3000/here";
  one.trace.outcomes.resize(1);
  one.trace.deliveries.resize(1);
  one.trace.deliveries.insert(one.trace.deliveries.end(), {retry, duplicate, fallback, redirect});
  const std::string text = one.draw();
  CHECK(says(text, "at 0.05 s  \"order\""));
  CHECK(says(text, "at 1.05 s  retry of \"order\""));
  CHECK(says(text, "at 2.05 s  duplicate of \"order\""));
  CHECK(says(text, "at 3.05 s  fallback for \"2 large\": POST /fallback"));
  CHECK(says(text, "at 4.05 s  redirect for \"2 large\": GET http://elsewhere.example/next"));
  CHECK(says(text, "status 200, redirects to /here"));
  CHECK(says(text, "status 200, redirects to http://elsewhere.example/next"));
  CHECK(says(text, "status 200"));
  // Of an app without a path, what is below it is told whole.
  one.trace.deliveries[0].url = "http://127.0.0.1:3000";
  CHECK(says(one.draw(), "status 200, redirects to http://127.0.0.1:3000/here"));
}

TEST_CASE("A failed attempt says what was wrong") {
  Case one;
  one.trace.deliveries[0].answer.edit().status = 500;
  one.trace.deliveries[0].answer.edit().problem = "status 500";
  one.trace.outcomes.erase(one.trace.outcomes.begin());
  CHECK(says(one.draw(), "status 500"));
}

TEST_CASE("Faults of the answer stand after what it sets") {
  Case one;
  one.trace.deliveries[0].faults = {"late-write", "duplicate"};
  one.schedule.faults = {{"late-write", DeliveryNumber(1), Parameter{"d", std::int64_t{2}}},
                         {"duplicate", DeliveryNumber(1), {}}};
  const std::string text = one.draw();
  const auto set = place(text, "Set-Cookie: sid");
  CHECK(place(text, "✗ late-write: this Set-Cookie was stored only after 2 later") > set);
  CHECK(place(text, "✗ duplicate: the same webhook arrives again") > set);
}

TEST_CASE("A fault is found in the schedule even if its number has shifted") {
  Case one;
  one.trace.deliveries[1].faults = {"stale"};
  one.schedule.faults = {{"stale", DeliveryNumber(7), Parameter{"k", std::int64_t{1}}}};
  CHECK(says(one.draw(), "✗ stale: the cookies of one version ago were sent"));
}

TEST_CASE("A race is shown: triggered before an earlier answer was received") {
  Case one;
  one.trace.deliveries[1].triggered = Instant(Duration(60));
  one.trace.deliveries[1].arrived = Instant(Duration(110));
  CHECK(says(one.draw(), "(triggered at 0.06 s, before the answer to 1 was received)"));
  one.trace.deliveries[1].pair = PairIndex(1);
  CHECK(one.draw().find("(triggered") == std::string::npos);
  one.trace.deliveries[1].pair = PairIndex(0);
  one.trace.deliveries[1].triggered = Instant(Duration(100));
  CHECK(one.draw().find("(triggered") == std::string::npos);
}

TEST_CASE("Pairs are named when there are several") {
  Case one;
  CHECK(one.draw().find("(pair") == std::string::npos);
  one.schedule.messages[1].pair = PairIndex(1);
  one.schedule.messages.push_back({PairIndex(0), "yes", Instant(Duration(20'000))});
  one.trace.deliveries[1].pair = PairIndex(1);
  CHECK(says(one.draw(), "at 10.05 s  \"2 large\"  (pair 1)"));
}

TEST_CASE("A difference of the probe stands after the last delivery") {
  Case one;
  one.difference.kind = DifferenceKind::probe;
  one.difference.expected = "probe: 1 order";
  one.difference.actual = "probe: 0 orders";
  const std::string text = one.draw();
  CHECK(says(text, "\"Say order to begin.\""));
  CHECK(place(text, "probe: 1 order") > place(text, "\"Say order to begin.\""));
  CHECK(place(text, "probe: 0 orders") > place(text, "\"Say order to begin.\""));
}

TEST_CASE("A difference at no delivery of the trace is shown all the same") {
  Case one;
  one.trace = {};
  const std::string text = one.draw();
  CHECK(text.find("\"2 large. Shall I send it?\"") != std::string::npos);
  CHECK(text.find("\"Say order to begin.\"") != std::string::npos);
}

TEST_CASE("A trace that speaks of messages the schedule lacks does no harm") {
  Case one;
  one.schedule.messages.resize(1);
  CHECK(says(one.draw(), "at 10.05 s"));
}

TEST_CASE("A long chain of redirects is cut short, unless verbose") {
  Case one;
  for (std::uint32_t n = 3; n <= 100; ++n) {
    Delivery redirect = sample::delivery(n, 1, 10'050 + n);
    redirect.kind = DeliveryKind::redirect;
    redirect.url = fmt::format("http://127.0.0.1:3000/{}", n);
    one.trace.deliveries.push_back(redirect);
  }
  one.difference.delivery = DeliveryNumber(100);
  const std::string text = one.draw();
  CHECK(says(text, "... 94 more redirects ..."));
  for (const char* shown : {"/3 ", "/4 ", "/99 ", "/100 "})
    place(text, std::string("POST ") + shown);
  CHECK(text.find("POST /5 ") == std::string::npos);
  CHECK(text.find("POST /98 ") == std::string::npos);
  CHECK(says(diagram({one.schedule, one.trace, nullptr}, {}), "... 95 more redirects ..."));
  const std::string whole = one.draw({.verbose = true});
  CHECK(whole.find("more redirects") == std::string::npos);
  place(whole, "POST /50 ");
}

TEST_CASE("A fault inside a chain of redirects is shown") {
  Case one;
  for (std::uint32_t n = 3; n <= 20; ++n) {
    Delivery redirect = sample::delivery(n, 1, 10'050 + n);
    redirect.kind = DeliveryKind::redirect;
    if (n == 10) redirect.faults = {"missing"};
    one.trace.deliveries.push_back(redirect);
  }
  one.trace.deliveries[1].faults.clear();
  CHECK(says(one.draw(), "✗ missing: the Cookie header was withheld"));
}

TEST_CASE("A reply as long as a book is cut where it begins to differ") {
  Case one;
  const std::string same(50'000, 'x');
  one.difference.expected = same + "this";
  one.difference.actual = same + "that";
  const std::string text = one.draw({.width = 100});
  CHECK(text.size() < 10'000);
  CHECK(text.find("this") != std::string::npos);
  CHECK(text.find("that") != std::string::npos);
}

TEST_CASE("A status callback says its news, and nothing of cookies") {
  Case one;
  Delivery news = sample::delivery(2, 0, 1'050);
  news.kind = DeliveryKind::callback;
  news.news = "delivered";
  news.answer.edit().status = 204;
  one.trace.outcomes.resize(1);
  one.trace.deliveries.resize(1);
  one.trace.deliveries.push_back(news);
  const std::string text = one.draw({.width = 120});
  CHECK(says(text, "at 1.05 s  status callback: the message in answer to \"order\" is delivered"));
  CHECK(text.find("no cookie", place(text, "status callback")) == std::string::npos);
}

TEST_CASE("What went through the API stands below the answer") {
  Case one;
  ReplyMessage sent;
  sent.body = "shipped";
  sent.to = "{From}";
  one.trace.deliveries[0].sent = {sent};
  sent.error_code = 21610;
  one.trace.deliveries[0].sent.push_back(sent);
  const std::string text = one.draw();
  CHECK(says(text, "through the API: \"shipped\" to {From}"));
  CHECK(says(text, "through the API: \"shipped\" to {From} (refused: 21610)"));
}

TEST_CASE("Without a difference, what came stands where the two would be") {
  const Case one;
  const std::string text = diagram({one.schedule, one.trace, nullptr}, {});
  CHECK(text.find("expected") == std::string::npos);
  CHECK(says(text, "\"" + one.trace.outcomes.back().messages.front().body + "\""));
}
