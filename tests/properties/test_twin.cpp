#include <crumbproof/properties/twin.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "executions.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::properties;
using run::Executed;
using run::PlacedFault;
using run::Seam;
using sample::execution;
using sample::message;
using sample::placed;

namespace {

const Masks kNoMasks({});

/// The second message's outcome becomes a failure, as an app that answers `status` causes it.
void fail(Executed& executed, int status, int error_code) {
  executed.trace.deliveries[1].answer.edit().status = status;
  executed.trace.deliveries[1].answer.edit().error_code = error_code;
  Outcome& outcome = executed.trace.outcomes[1];
  outcome.status_class = status / 100;
  outcome.error_code = error_code;
  outcome.problem = "problem";
  outcome.messages.clear();
}

/// The second message's redirects do not end.
void loop(Executed& executed, int error_code = 14106) {
  Outcome& outcome = executed.trace.outcomes[1];
  outcome.error_code = error_code;
  outcome.messages.clear();
}

/// What one change to an execution makes of its comparison with the unchanged one.
Comparison changed(const std::function<void(Executed&)>& change, const Masks& masks = kNoMasks) {
  Executed faulted = execution();
  change(faulted);
  return compare(faulted, execution(), masks);
}

Trace changed_trace(const std::function<void(Trace&)>& change) {
  Trace trace = execution().trace;
  change(trace);
  return trace;
}

}  // namespace

TEST_CASE("An outcome in words") {
  Outcome outcome;
  CHECK(describe(outcome) == "no reply");
  outcome.messages = {message("hi")};
  CHECK(describe(outcome) == "\"hi\"");
  outcome.messages.push_back({"{To}", "{From}", "there", {"http://m/1", "http://m/2"}});
  CHECK(describe(outcome) ==
        "\"hi\", then \"there\" with http://m/1, http://m/2 to {To} from {From}");
  outcome.error_code = 11200;
  outcome.problem = "status 500";
  CHECK(describe(outcome).ends_with("from {From}, then no reply (11200: status 500)"));
  outcome.messages.clear();
  CHECK(describe(outcome) == "no reply (11200: status 500)");
}

TEST_CASE("Two executions look alike if senders see the same") {
  const Trace trace = execution().trace;
  const auto alike = [&](const std::function<void(Trace&)>& change) {
    return look_alike(trace, changed_trace(change), kNoMasks);
  };
  CHECK(alike([](Trace&) {}));
  CHECK(alike([](Trace& t) { t.outcomes[1].last = DeliveryNumber(7); }));
  CHECK(alike([](Trace& t) { t.outcomes[1].problem = "other words"; }));
  CHECK(alike([](Trace& t) { t.deliveries.clear(); }));

  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].messages[0].body = "x"; }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].messages[0].to = "x"; }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].messages[0].from = "x"; }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].messages[0].media = {"x"}; }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].messages.clear(); }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].status_class = 4; }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].error_code = 11200; }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes[1].duplicate = true; }));
  CHECK_FALSE(alike([](Trace& t) { t.outcomes.pop_back(); }));
  CHECK_FALSE(alike([](Trace& t) { t.probe = "200 x"; }));
}

TEST_CASE("An outcome in words may tell what was sent through the API meanwhile") {
  Trace trace = execution().trace;
  trace.deliveries[0].sent = {message("of another message")};
  trace.deliveries[1].sent = {message("shipped"), message("twice")};
  trace.deliveries[1].sent[1].error_code = 21610;
  CHECK(describe(trace, trace.outcomes[1]) ==
        "\"reply 1\", through the API: \"shipped\", through the API: \"twice\" (refused: 21610)");
}

TEST_CASE("Two failures of the same class look alike, whatever their codes") {
  Executed one = execution();
  Executed other = execution();
  fail(one, 500, 11200);
  fail(other, 503, 11217);
  CHECK(look_alike(one.trace, other.trace, kNoMasks));
}

TEST_CASE("What is masked does not count, in any part that is seen") {
  const Masks masks({"[0-9]+"});
  const auto with = [](const std::string& n) {
    return changed_trace([&](Trace& t) {
      t.outcomes[1].messages[0] = {"to " + n, "from " + n, "body " + n, {"media " + n}};
      t.probe = "probe " + n;
    });
  };
  CHECK(look_alike(with("1"), with("2"), masks));
  CHECK_FALSE(look_alike(with("1"), with("x"), masks));
  CHECK_FALSE(look_alike(with("1"), with("2"), kNoMasks));
}

TEST_CASE("Equal executions have no difference") {
  const Comparison comparison = changed([](Executed&) {});
  CHECK(comparison.comparable);
  CHECK(comparison.differences.empty());
}

TEST_CASE("Another reply is a difference, told in the sender's words") {
  const Comparison comparison = changed([](Executed& e) {
    e.trace.outcomes[1].messages[0].body = "other";
    e.trace.outcomes[1].last = DeliveryNumber(2);
  });
  CHECK(comparison.comparable);
  REQUIRE(comparison.differences.size() == 1);
  CHECK(comparison.differences[0] == Difference{DifferenceKind::reply, DeliveryNumber(2),
                                                MessageIndex(1), "\"reply 1\"", "\"other\""});
}

TEST_CASE("Differences stand in the order in which they showed") {
  const Comparison comparison = changed([](Executed& e) {
    e.trace.probe = "200 x";
    for (Outcome& outcome : e.trace.outcomes) outcome.messages.clear();
    e.trace.outcomes[0].last = DeliveryNumber(2);
    e.trace.outcomes[1].last = DeliveryNumber(1);
  });
  REQUIRE(comparison.differences.size() == 3);
  CHECK(comparison.differences[0].message == MessageIndex(1));
  CHECK(comparison.differences[1].message == MessageIndex(0));
  CHECK(comparison.differences[2].kind == DifferenceKind::probe);
}

TEST_CASE("A probe that returns something else is a difference at the end") {
  Executed faulted = execution();
  Executed twin = execution();
  faulted.trace.probe = "200 none";
  twin.trace.probe = "200 one";
  const Comparison comparison = compare(faulted, twin, kNoMasks);
  REQUIRE(comparison.differences.size() == 1);
  CHECK(comparison.differences[0] == Difference{DifferenceKind::probe, DeliveryNumber(2),
                                                MessageIndex(2), "probe: 200 one",
                                                "probe: 200 none"});
}

TEST_CASE("A masked difference is none") {
  const auto say_number = [](Executed& e) { e.trace.outcomes[1].messages[0].body = "reply 7"; };
  CHECK(changed(say_number).differences.size() == 1);
  CHECK(changed(say_number, Masks({"[0-9]+"})).differences.empty());
}

TEST_CASE("A failure where the twin is sound is a crash, but a 4xx is an answer") {
  const auto kind = [](int status, int error_code) {
    const Comparison comparison = changed([&](Executed& e) { fail(e, status, error_code); });
    REQUIRE(comparison.differences.size() == 1);
    return comparison.differences[0].kind;
  };
  CHECK(kind(500, 11200) == DifferenceKind::crash);
  CHECK(kind(0, 11205) == DifferenceKind::crash);
  CHECK(kind(200, 12100) == DifferenceKind::crash);
  CHECK(kind(308, 11216) == DifferenceKind::crash);
  CHECK(kind(404, 11200) == DifferenceKind::refused);
}

TEST_CASE("Redirects that do not end are a kind of their own") {
  const auto kind = [](int error_code) {
    return changed([&](Executed& e) { loop(e, error_code); }).differences.at(0).kind;
  };
  CHECK(kind(14106) == DifferenceKind::endless);
  CHECK(kind(11215) == DifferenceKind::endless);
  CHECK(kind(11100) == DifferenceKind::crash);
}

TEST_CASE("A crash that a fallback hides from the sender is a crash all the same") {
  const Comparison comparison = changed([](Executed& e) {
    e.trace.deliveries[1].answer.edit().status = 500;
    e.trace.deliveries[1].answer.edit().error_code = 11200;
    e.trace.outcomes[1].messages = {message("sorry")};
  });
  CHECK(comparison.differences.at(0).kind == DifferenceKind::crash);
}

TEST_CASE("Where the twin crashes or loops too, another reply is no more than that") {
  Executed twin = execution();
  Executed faulted = execution();
  fail(twin, 500, 11200);
  fail(faulted, 0, 11205);
  CHECK(compare(faulted, twin, kNoMasks).differences.at(0).kind == DifferenceKind::reply);

  Executed looping = execution();
  loop(looping);
  Executed looping_otherwise = looping;
  looping_otherwise.trace.outcomes[1].messages = {message("on and on")};
  CHECK(compare(looping_otherwise, looping, kNoMasks).differences.at(0).kind ==
        DifferenceKind::reply);
}

TEST_CASE("Only the message that differs is asked whether it crashed") {
  Executed twin = execution();
  twin.trace.deliveries[0].answer.edit().status = 500;
  twin.trace.deliveries[0].answer.edit().error_code = 11200;
  Executed faulted = twin;
  fail(faulted, 500, 11200);
  CHECK(compare(faulted, twin, kNoMasks).differences.at(0).kind == DifferenceKind::crash);
}

TEST_CASE("Where both refuse a message, in other words, none refuses it more") {
  Executed twin = execution();
  fail(twin, 404, 11200);
  Executed faulted = twin;
  faulted.trace.outcomes[1].messages = {message("sorry")};
  CHECK(compare(faulted, twin, kNoMasks).differences.at(0).kind == DifferenceKind::reply);
}

TEST_CASE("Executions with other messages or another order are not compared") {
  CHECK_FALSE(changed([](Executed& e) { e.trace.outcomes.pop_back(); }).comparable);
  CHECK_FALSE(changed([](Executed& e) { e.trace.outcomes[1].duplicate = true; }).comparable);
  CHECK_FALSE(changed([](Executed& e) {
                std::swap(e.trace.deliveries[0].message, e.trace.deliveries[1].message);
              }).comparable);
  CHECK_FALSE(changed([](Executed& e) {
                e.trace.deliveries[1].kind = DeliveryKind::duplicate;
              }).comparable);
  const Comparison nothing = changed([](Executed& e) {
    e.trace.outcomes.pop_back();
    e.trace.outcomes[0].messages.clear();
  });
  CHECK(nothing.differences.empty());
}

TEST_CASE("A redirect more changes no order, unless it comes between other messages") {
  const auto redirect = [](Executed& e, std::ptrdiff_t before) {
    Delivery delivery;
    delivery.message = MessageIndex(0);
    delivery.kind = DeliveryKind::redirect;
    e.trace.deliveries.insert(e.trace.deliveries.begin() + before, delivery);
  };
  CHECK(changed([&](Executed& e) { redirect(e, 1); }).comparable);
  CHECK_FALSE(changed([&](Executed& e) { redirect(e, 2); }).comparable);
}

TEST_CASE("Both must have the same delivery faults at the same places") {
  const PlacedFault drop = placed(Seam::deliver, {MessageIndex(0), 0}, "drop");
  Executed faulted = execution();
  Executed twin = execution();
  faulted.faults = {drop};
  CHECK_FALSE(compare(faulted, twin, kNoMasks).comparable);
  twin.faults = {drop};
  CHECK(compare(faulted, twin, kNoMasks).comparable);
  twin.faults = {placed(Seam::deliver, {MessageIndex(0), 1}, "drop")};
  CHECK_FALSE(compare(faulted, twin, kNoMasks).comparable);
  twin.faults = {placed(Seam::deliver, {MessageIndex(0), 0}, "lost-response")};
  CHECK_FALSE(compare(faulted, twin, kNoMasks).comparable);
}

TEST_CASE("Faults of cookies are the faulted execution's alone") {
  Executed faulted = execution();
  faulted.faults = {placed(Seam::read, {MessageIndex(0), 0}, "missing"),
                    placed(Seam::write, {MessageIndex(0), 0}, "late-write")};
  CHECK(compare(faulted, execution(), kNoMasks).comparable);
}

TEST_CASE("A message whose delivery was tampered with must have taken the same course in both") {
  const PlacedFault lost = placed(Seam::deliver, {MessageIndex(1), 0}, "lost-response");
  Executed twin = execution();
  twin.faults = {lost};
  Executed redirects = twin;
  redirects.trace.deliveries[1].answer.edit().next = "http://app.test/reload";
  CHECK_FALSE(compare(redirects, twin, kNoMasks).comparable);
  Executed longer = twin;
  longer.trace.deliveries.push_back(longer.trace.deliveries[1]);
  longer.trace.deliveries[2].kind = DeliveryKind::retry;
  CHECK_FALSE(compare(longer, twin, kNoMasks).comparable);

  Executed other_message = twin;
  other_message.trace.deliveries[0].answer.edit().next = "http://app.test/reload";
  CHECK(compare(other_message, twin, kNoMasks).comparable);
}

TEST_CASE("An execution speaks by the faults of cookies that it has") {
  const Comparison comparison;
  const auto evidence = [&](std::vector<std::string> kinds, run::Degradation degradation = {}) {
    Executed executed = execution();
    executed.degradation = degradation;
    for (std::string& kind : kinds) {
      executed.faults.push_back(placed(Seam::read, {MessageIndex(0), 0}, std::move(kind)));
    }
    const Evidence found = evidence_of(executed, comparison);
    return std::pair(found.absence, found.staleness);
  };
  const std::pair absence(true, false);
  const std::pair staleness(false, true);
  for (const auto* const kind : {"missing", "outage", "lost-write", "expire"}) {
    CHECK(evidence({kind}) == absence);
  }
  for (const auto* const kind : {"stale", "partial", "late-write"}) {
    CHECK(evidence({kind}) == staleness);
  }
  CHECK(evidence({"missing", "stale"}) == std::pair(true, true));

  // With a fault of cookies, what was carried does not count.
  CHECK(evidence({"missing"}, {.absent = true, .outdated = true}) == absence);
  CHECK(evidence({"stale"}, {.absent = true}) == staleness);

  // Without one it does: old cookies are more than absent ones.
  CHECK(evidence({}) == std::pair(false, false));
  CHECK(evidence({"drop"}, {.absent = true}) == absence);
  CHECK(evidence({"reorder"}, {.outdated = true}) == staleness);
  CHECK(evidence({}, {.absent = true, .outdated = true}) == staleness);
}

TEST_CASE("Evidence holds the differences that were found") {
  const Executed faulted = execution();
  Comparison comparison;
  comparison.differences = {{}, {}};
  CHECK(evidence_of(faulted, comparison).differences.data() == comparison.differences.data());
  CHECK(evidence_of(faulted, comparison).differences.size() == 2);
}
