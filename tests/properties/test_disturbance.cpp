#include <crumbproof/properties/twin.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::properties;
using run::Executed;
using run::Place;
using run::Seam;

namespace {

const Masks kNothingMasked({});

/// Messages of one pair, ten seconds apart, a delivery and a reply each.
Executed conversation(std::uint32_t messages = 2) {
  Executed executed;
  for (std::uint32_t n = 0; n < messages; ++n) {
    Delivery delivery;
    delivery.number = DeliveryNumber(n + 1);
    delivery.message = MessageIndex(n);
    delivery.url = "https://app.test/sms";
    delivery.triggered = Instant(Duration(10'000 * n));
    delivery.arrived = delivery.answered.emplace(delivery.triggered + Duration(50));
    delivery.received = delivery.triggered + Duration(100);
    delivery.answer.edit().status = 200;
    delivery.answer.edit().set_cookies = {"a"};
    executed.trace.deliveries.push_back(delivery);
    Outcome outcome;
    outcome.message = delivery.message;
    outcome.last = delivery.number;
    outcome.status_class = 2;
    outcome.messages = {{{}, {}, "reply " + std::to_string(n), {}}};
    executed.trace.outcomes.push_back(outcome);
  }
  return executed;
}

void strike(Executed& executed, const std::string& kind, std::uint32_t delivery = 1) {
  executed.faults.push_back({Seam::deliver,
                             {MessageIndex(delivery - 1), 0},
                             {kind, DeliveryNumber(delivery), std::nullopt}});
  executed.trace.deliveries[delivery - 1].faults.push_back(kind);
}

Evidence evidence_for(const Executed& faulted) {
  static Comparison comparison;
  comparison = compare(faulted, faulted, kNothingMasked);
  return properties::evidence_of(faulted, comparison);
}

}  // namespace

TEST_CASE("A disturbance is what messages are answered in another way than undisturbed") {
  const Executed undisturbed = conversation();
  Executed twin = conversation();
  strike(twin, "duplicate");
  CHECK(disturbance(twin, undisturbed, kNothingMasked).empty());
  twin.trace.outcomes[1].messages[0].body = "other";
  const auto differences = disturbance(twin, undisturbed, kNothingMasked);
  REQUIRE(differences.size() == 1);
  CHECK(differences[0].message == MessageIndex(1));
  CHECK(differences[0].delivery == DeliveryNumber(2));
  CHECK(differences[0].expected == "\"reply 1\"");
  CHECK(differences[0].actual == "\"other\"");
  CHECK(disturbance(twin, undisturbed, Masks({"other|reply 1"})).empty());
}

TEST_CASE("What a duplicate is answered is no disturbance, nor a reply that was lost") {
  const Executed undisturbed = conversation();
  Executed twin = conversation();
  Outcome again = twin.trace.outcomes[0];
  again.duplicate = true;
  again.messages.clear();
  twin.trace.outcomes.insert(twin.trace.outcomes.begin() + 1, again);
  CHECK(disturbance(twin, undisturbed, kNothingMasked).empty());

  Executed lost = conversation();
  lost.trace.outcomes[0].messages.clear();
  CHECK(disturbance(lost, undisturbed, kNothingMasked).size() == 1);
  strike(lost, "lost-response");
  CHECK(disturbance(lost, undisturbed, kNothingMasked).empty());
}

TEST_CASE("What is sent or probed twice is a disturbance") {
  const Executed undisturbed = conversation();
  Executed twin = conversation();
  twin.trace.deliveries[0].sent = {{"{From}", "{To}", "shipped", {}}};
  CHECK(disturbance(twin, undisturbed, kNothingMasked).size() == 1);
  Executed probed = conversation();
  probed.trace.probe = "2 orders";
  Executed probed_undisturbed = conversation();
  probed_undisturbed.trace.probe = "1 order";
  const auto differences = disturbance(probed, probed_undisturbed, kNothingMasked);
  REQUIRE(differences.size() == 1);
  CHECK(differences[0].kind == DifferenceKind::probe);
}

TEST_CASE("What is lacking of a message that never came is told at the end") {
  Executed undisturbed = conversation(3);
  undisturbed.trace.deliveries[2].sent = {{"{From}", "{To}", "shipped", {}}};
  const auto differences = disturbance(conversation(2), undisturbed, kNothingMasked);
  REQUIRE(differences.size() == 1);
  CHECK(differences[0].delivery == DeliveryNumber(2));
  CHECK(differences[0].message == MessageIndex(1));
  CHECK(differences[0].actual == "nothing more through the API");
}

TEST_CASE("A message that came only where something was disturbed is compared with none") {
  CHECK(disturbance(conversation(3), conversation(2), kNothingMasked).empty());
}

TEST_CASE("Only messages that come twice, or only swaps, can be judged as a disturbance") {
  const auto with = [](const std::vector<std::string>& kinds) {
    Executed faulted = conversation();
    for (const std::string& kind : kinds) strike(faulted, kind);
    return faulted;
  };
  CHECK_FALSE(is_disturbed(with({})));
  CHECK(is_disturbed(with({"duplicate"})));
  CHECK(is_disturbed(with({"duplicate", "repeat", "lost-response"})));
  CHECK(is_disturbed(with({"reorder"})));
  CHECK_FALSE(is_disturbed(with({"duplicate", "reorder"})));
  CHECK_FALSE(is_disturbed(with({"duplicate", "missing"})));
  CHECK_FALSE(is_disturbed(with({"drop"})));
  // A fallback is another page, which need not answer alike.
  Executed fell_back = with({"lost-response"});
  fell_back.trace.deliveries[1].kind = DeliveryKind::fallback;
  CHECK_FALSE(is_disturbed(fell_back));

  CHECK(evidence_for(with({"duplicate"})).repeated);
  CHECK_FALSE(evidence_for(with({"duplicate"})).swapped);
  CHECK(evidence_for(with({"reorder"})).swapped);
  CHECK_FALSE(evidence_for(with({"reorder"})).repeated);
  CHECK_FALSE(evidence_for(with({"duplicate", "missing"})).repeated);
  CHECK_FALSE(evidence_for(with({"reorder", "late-write"})).swapped);
}

TEST_CASE("A race is a late write, or a trigger before the cookies have come") {
  Executed calm = conversation();
  calm.degradation.outdated = true;
  CHECK_FALSE(evidence_for(calm).race);

  Executed late = conversation();
  strike(late, "late-write");
  CHECK(evidence_for(late).race);
  CHECK(evidence_for(late).staleness);
  strike(late, "missing", 2);
  CHECK_FALSE(evidence_for(late).race);

  Executed close = conversation();
  close.trace.deliveries[1].triggered = Instant(Duration(99));
  CHECK_FALSE(evidence_for(close).race);  // it carried what it should
  close.degradation.absent = true;
  CHECK(evidence_for(close).race);
  Executed other_pair = close;
  other_pair.trace.deliveries[1].pair = PairIndex(1);
  CHECK_FALSE(evidence_for(other_pair).race);
  Executed in_time = close;
  in_time.trace.deliveries[1].triggered = Instant(Duration(100));
  CHECK_FALSE(evidence_for(in_time).race);
  Executed of_no_webhook = close;
  of_no_webhook.trace.deliveries[1].kind = DeliveryKind::callback;
  CHECK_FALSE(evidence_for(of_no_webhook).race);
  Executed sets_none = close;
  sets_none.trace.deliveries[0].answer.edit().set_cookies.clear();
  CHECK_FALSE(evidence_for(sets_none).race);
}

TEST_CASE("Attacks are told apart from what happens to cookies by themselves") {
  Executed forged = conversation();
  strike(forged, "forged", 2);
  forged.degradation.outdated = true;
  CHECK(evidence_for(forged).tampering);
  CHECK_FALSE(evidence_for(forged).staleness);
  CHECK_FALSE(evidence_for(forged).absence);
  CHECK_FALSE(evidence_for(forged).intrusion);
  Executed intruded = conversation();
  strike(intruded, "unsigned");
  CHECK(evidence_for(intruded).intrusion);
  CHECK(evidence_for(intruded).attacked());
  CHECK_FALSE(evidence_for(intruded).tampering);
}

TEST_CASE("A stranger's request has to be refused with a 4xx") {
  const auto accepted = [](int status) {
    Executed faulted = conversation();
    Delivery intrusion = faulted.trace.deliveries[0];
    intrusion.kind = DeliveryKind::intrusion;
    intrusion.answer.edit().status = status;
    intrusion.answer.edit().error_code = status == 200 ? 0 : 11200;
    intrusion.answer.edit().problem = status == 0 ? "it closed the connection" : "";
    faulted.trace.deliveries.insert(faulted.trace.deliveries.begin() + 1, intrusion);
    const Comparison comparison = compare(faulted, conversation(), kNothingMasked);
    // It is part of no message's course.
    CHECK(comparison.comparable);
    CHECK(comparison.differences.empty());
    return comparison.accepted;
  };
  CHECK(accepted(403).empty());
  CHECK(accepted(401).empty());
  CHECK(accepted(404).empty());
  CHECK(accepted(200).size() == 1);
  CHECK(accepted(302).size() == 1);
  CHECK(accepted(500).size() == 1);
  REQUIRE(accepted(0).size() == 1);
  CHECK(accepted(0)[0].actual == "no answer (it closed the connection)");
  CHECK(accepted(200)[0].kind == DifferenceKind::accepted);
  CHECK(accepted(200)[0].actual == "status 200");
}

TEST_CASE("Cookies came over http if all did, or those that faults have touched") {
  Executed https = conversation();
  strike(https, "missing", 2);
  CHECK_FALSE(evidence_for(https).plain_http);
  https.trace.deliveries[0].url = "http://app.test/sms";
  CHECK_FALSE(evidence_for(https).plain_http);
  https.trace.deliveries[1].url = "http://app.test/sms";
  CHECK(evidence_for(https).plain_http);
  https.trace.deliveries[0].url = "https://app.test/sms";
  CHECK(evidence_for(https).plain_http);
  Executed untouched = conversation();
  for (Delivery& delivery : untouched.trace.deliveries) delivery.url = "http://app.test/sms";
  CHECK_FALSE(evidence_for(untouched).plain_http);
  // Faults of the way, and what is no fault at all, touch no cookie.
  for (const char* const kind : {"duplicate", "unheard-of"}) {
    Executed other = conversation();
    strike(other, "missing", 2);
    strike(other, kind);
    other.trace.deliveries[0].url = "http://app.test/sms";
    CHECK_FALSE(evidence_for(other).plain_http);
  }
}

TEST_CASE("What is no fault that is known speaks of nothing, and must not be in both") {
  Executed faulted = conversation();
  strike(faulted, "unheard-of");
  CHECK(compare(faulted, conversation(), kNothingMasked).comparable);
  const Evidence evidence = evidence_for(faulted);
  CHECK_FALSE((evidence.absence || evidence.staleness || evidence.attacked()));
  CHECK_FALSE((evidence.race || evidence.repeated || evidence.swapped));
}
