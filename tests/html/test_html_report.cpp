#include <crumbproof/html/html_report.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../report/sample.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using html::html_report;
namespace sample = report::sample;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

/// What stands between the element with that id and the next one that begins like it.
std::string delivery(const std::string& page, const std::string& id) {
  const auto begin = page.find("id=\"" + id + "\"");
  REQUIRE(begin != std::string::npos);
  return page.substr(begin, page.find("</details>", begin) - begin);
}

search::CheckResult with_wire() {
  search::CheckResult result = sample::fail();
  run::Wire wire;
  wire.stores = {{PairIndex(0), {{}, {{"sid", DeliveryNumber(1), Instant(Duration(14'400'050))}}}}};
  wire.steps.resize(2);
  wire.steps[0] = {{{"Body", "order"}, {"From", "{From}"}}, "{Token:1}", {"sid=<value 1>; Path=/"}};
  wire.steps[0].after = 1;
  wire.steps[1] = {{{"Body", "2 large"}, {"From", "{From}"}}, "{Token:2}", {}};
  wire.steps[1].read = wire.steps[1].before = wire.steps[1].after = 1;
  result.counterexamples[0].actual_wire = wire;
  result.counterexamples[0].expected_wire = wire;
  return result;
}

search::CheckResult with_machine() {
  search::CheckResult result = sample::fail();
  search::BehaviourMachine machine;
  machine.states = 4;
  machine.executions = 12;
  machine.edges = {
      {0, 1, "order", "", "\"size?\"", search::Taken::fault_free, {""}},
      {1, 2, "2 large", "", "\"sure?\"", search::Taken::fault_free, {""}},
      {1, 1, "order", "duplicate", "\"size?\"", search::Taken::fresh_twin, {""}},
      {1, 3, "2 large", "", "\"begin!\"", search::Taken::faulted_only, {"missing", "outage"}}};
  result.machine = machine;
  return result;
}

}  // namespace

TEST_CASE("The page says the verdict once, in its heading and its title") {
  const std::string page = html_report(sample::fail(), sample::info());
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(count_of(page, "<h1>") == 1);
  CHECK(has(page, "<h1><span class=\"word\">FAIL</span> cookie-missing: "));
  CHECK(has(page, "<title>FAIL: http://127.0.0.1:3000/sms (crumbproof)</title>"));
  CHECK(has(html_report(sample::pass(), sample::info()), "<span class=\"word\">PASS</span>"));
}

TEST_CASE("Equal results make equal pages") {
  CHECK(html_report(with_wire(), sample::info()) == html_report(with_wire(), sample::info()));
}

TEST_CASE("The page asks for nothing and lets nothing run but its own script") {
  const std::string page = html_report(with_machine(), sample::info());
  CHECK(has(page, "default-src 'none'; style-src 'sha256-"));
  CHECK_FALSE(has(page, "unsafe-inline"));
  CHECK_FALSE(has(page, " style=\""));
  CHECK_FALSE(has(page, " src="));
  CHECK(count_of(page, "<script") == 2);
  CHECK(count_of(page, "<link ") == 1);
}

TEST_CASE("A counterexample is told before it is drawn") {
  const std::string page = html_report(sample::fail(), sample::info());
  CHECK(has(page, "&quot;order&quot;, &quot;2 large&quot;; missing at delivery 2"));
  CHECK(has(page, "Because delivery 2 came without its cookies"));
  CHECK(has(page, "What to change: Keep the conversation under (From, To)"));
  CHECK(has(page, "Minimal: certified"));
  CHECK(has(page, "crumbproof replay crumbproof-failure.json"));
  CHECK(has(page, "confirmed 3 of 3"));
}

TEST_CASE("The delivery at fault is open, with expected beside actual and the words marked") {
  const std::string page = html_report(sample::fail(), sample::info());
  const std::string second = delivery(page, "c1-actual-2");
  CHECK(second.find(" open>") < 40);
  CHECK(has(second, "<span class=\"sr\">fault </span>missing"));
  CHECK(has(second, "missing: the Cookie header was withheld"));
  CHECK(has(second, "first difference"));
  CHECK(has(second, "<del><span class=\"sign\">−</span>2 large"));
  CHECK(has(second, "<ins><span class=\"sign\">+</span>Say order"));
  const std::string first = delivery(page, "c1-actual-1");
  CHECK(first.find(" open>") > 40);
  CHECK(has(first, "(as expected)"));
}

TEST_CASE("The fresh twin stands below, delivery by delivery, linked both ways") {
  const std::string page = html_report(sample::fail(), sample::info());
  CHECK(page.find("id=\"c1-twin-1\"") > page.find("id=\"c1-actual-2\""));
  CHECK(has(delivery(page, "c1-actual-2"), "href=\"#c1-twin-2\""));
  const std::string twin = delivery(page, "c1-twin-2");
  CHECK(has(twin, "href=\"#c1-actual-2\""));
  CHECK(has(twin, "Cookie: sid from delivery 1"));
  CHECK(has(twin, "2 large. Shall I send it?"));
  CHECK_FALSE(has(twin, "<del>"));
}

TEST_CASE("Parameters, Set-Cookie and the store's versions are told where they are known") {
  const std::string page = html_report(with_wire(), sample::info());
  const std::string first = delivery(page, "c1-actual-1");
  CHECK(has(first, "<th scope=\"row\">From</th><td>{From}</td>"));
  CHECK(has(first, "<code>sid=&lt;value 1&gt;; Path=/</code>"));
  CHECK(has(first, "<dt>Store before</dt><dd>version 0: nothing</dd>"));
  CHECK(has(first, "<dt>Store after</dt><dd>version 1: <code>sid</code> from delivery 1, until "));
  CHECK(has(delivery(page, "c1-actual-2"), "<dt>Store after</dt><dd>unchanged, version 1</dd>"));
  CHECK_FALSE(has(html_report(sample::fail(), sample::info()), "Store before"));
}

TEST_CASE("What the app and the user say is never markup") {
  const std::string hostile = "</script><img src=x onerror=run()>\u202e\"'";
  search::CheckResult result = with_machine();
  search::Counterexample& found = result.counterexamples[0];
  found.property = found.cause = hostile;
  found.difference.expected = hostile;
  found.difference.actual = hostile + "!";
  for (Message& message : found.schedule.messages) message.body = hostile;
  for (Trace* trace : {&found.actual, &found.expected}) {
    for (Delivery& each : trace->deliveries) {
      each.url = each.method = hostile;
      each.faults = {hostile};
      each.cookies = {{hostile, DeliveryNumber(1)}};
      Answer& answer = each.answer.edit();
      answer.body = answer.content_type = answer.problem = answer.next = hostile;
      answer.set_cookies = {hostile};
      each.sent = {{hostile, hostile, hostile, {hostile}}};
    }
    for (Outcome& outcome : trace->outcomes) outcome.messages[0] = {"", "", hostile, {}};
  }
  run::Wire wire;
  wire.stores = {{PairIndex(0), {{{hostile, DeliveryNumber(1), Instant{}}}}}};
  wire.steps = {{{{hostile, hostile}}, hostile, {hostile}}, {}};
  found.actual_wire = found.expected_wire = wire;
  for (search::BehaviourEdge& edge : result.machine->edges) {
    edge.said = edge.reply = edge.how = hostile;
    edge.faults = {hostile};
  }
  result.reason = hostile;
  result.warnings = result.masks = {hostile};
  for (search::PropertyVerdict& property : result.properties) {
    property.name = property.reason = hostile;
  }
  report::RunInfo info = sample::info();
  info.target = info.command = info.replay_file = info.run_id = info.version = hostile;

  const std::string page = html_report(result, info);
  CHECK_FALSE(has(page, "<img"));
  CHECK(count_of(page, "</script>") == 2);
  CHECK_FALSE(has(page, "\u202e"));
  CHECK_FALSE(has(page.substr(0, page.find("application/json")), "\"'"));
}

TEST_CASE("The state machine is a drawing and a table, with what faults opened marked in both") {
  const std::string page = html_report(with_machine(), sample::info());
  CHECK(has(page, "<svg role=\"img\" aria-labelledby=\"machine-title machine-text\""));
  CHECK(has(page, "<g class=\"edge opened\" data-from=\"1\" data-to=\"3\">"));
  CHECK(has(page, "&quot;2 large&quot; missing/outage"));
  CHECK(has(page, "<tr class=\"opened\" data-from=\"1\" data-to=\"3\">"));
  CHECK(has(page, "<td>under faults only</td><td>missing; outage</td>"));
  CHECK(has(page, "Faults have opened 1 edge."));
  // What a disturbed twin did alone is in a table of its own.
  CHECK_FALSE(has(page, "<g class=\"edge twin\""));
  CHECK(has(page, "<tr class=\"twin\" data-from=\"1\" data-to=\"1\">"));
  CHECK_FALSE(has(html_report(sample::fail(), sample::info()), "State machine"));
}

TEST_CASE("Whatever a search knows of itself is told") {
  search::CheckResult result = sample::pass();
  result.warnings = {"no cookie was ever set"};
  result.masks = {"\"ticket 7\", since you said so"};
  result.cookie_worth = run::CookieWorth{};
  const std::string page = html_report(result, sample::info());
  CHECK(has(page, "up to 3 messages and 2 faults, exhausted"));
  CHECK(has(page, "no cookie was ever set"));
  CHECK(has(page, "&quot;ticket 7&quot;, since you said so"));
  CHECK(has(page, "it buys no speed"));
  CHECK(has(page, "0123456789abcdef"));
  CHECK(has(page, "--say &#39;2 large&#39; --seed 1"));
}

TEST_CASE("A result without anything to show is a page all the same") {
  search::CheckResult result;
  result.verdict = search::Verdict::error;
  result.reason = "nothing listens at http://127.0.0.1:3000/sms";
  const std::string page = html_report(result, sample::info());
  CHECK(has(page, "<span class=\"word\">ERROR</span> nothing listens"));
  CHECK_FALSE(has(page, "Counterexample"));
}
