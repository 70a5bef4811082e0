#include <crumbproof/properties/twin.hpp>

#include <cstddef>
#include <string>

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

const Masks kNothingIgnored({});

/// The delivery sends that through the API.
void send(Executed& executed, std::size_t delivery, const std::string& body,
          const std::string& to = "{From}") {
  ReplyMessage sent = message(body);
  sent.to = to;
  executed.trace.deliveries.at(delivery).sent.push_back(sent);
}

}  // namespace

TEST_CASE("A message through the API is visible: one that is lacking, or surplus, or another") {
  Executed twin = execution();
  send(twin, 1, "shipped");
  const Executed lacking = execution();
  CHECK_FALSE(look_alike(lacking.trace, twin.trace, kNothingIgnored));
  const auto without = compare(lacking, twin, kNothingIgnored).differences;
  REQUIRE(without.size() == 1);
  CHECK(without[0].kind == DifferenceKind::reply);
  CHECK(without[0].delivery == DeliveryNumber(2));
  CHECK(without[0].message == MessageIndex(1));
  CHECK(without[0].expected == "through the API: \"shipped\" to {From}");
  CHECK(without[0].actual == "nothing more through the API");

  Executed twice = twin;
  send(twice, 1, "shipped");
  const auto surplus = compare(twice, twin, kNothingIgnored).differences;
  REQUIRE(surplus.size() == 1);
  CHECK(surplus[0].expected == "nothing more through the API");
  CHECK(surplus[0].actual == "through the API: \"shipped\" to {From}");

  Executed other = execution();
  send(other, 1, "lost");
  const auto another = compare(other, twin, kNothingIgnored).differences;
  REQUIRE(another.size() == 1);
  CHECK(another[0].expected == "through the API: \"shipped\" to {From}");
  CHECK(another[0].actual == "through the API: \"lost\" to {From}");
  CHECK_FALSE(look_alike(other.trace, twin.trace, kNothingIgnored));
}

TEST_CASE(
    "When and in what order messages went through the API does not count, to whom and what does") {
  Executed twin = execution();
  send(twin, 0, "one");
  send(twin, 1, "two");
  Executed later = execution();
  send(later, 1, "two");
  send(later, 1, "one");
  CHECK(compare(later, twin, kNothingIgnored).differences.empty());
  CHECK(look_alike(later.trace, twin.trace, kNothingIgnored));
  Executed astray = execution();
  send(astray, 0, "one", "+15005550001");
  send(astray, 1, "two");
  CHECK(compare(astray, twin, kNothingIgnored).differences.size() == 1);
  Executed illustrated = twin;
  illustrated.trace.deliveries[1].sent[0].media = {"http://m/1"};
  CHECK(compare(illustrated, twin, kNothingIgnored).differences.size() == 1);
  CHECK(compare(illustrated, illustrated, kNothingIgnored).differences.empty());
}

TEST_CASE("Masks count in messages through the API") {
  Executed twin = execution();
  send(twin, 1, "ticket #1");
  Executed faulted = execution();
  send(faulted, 1, "ticket #2");
  CHECK(compare(faulted, twin, kNothingIgnored).differences.size() == 1);
  CHECK(compare(faulted, twin, Masks({"#[0-9]+"})).differences.empty());
}

TEST_CASE("Status callbacks come between messages without making them incomparable") {
  const Executed twin = execution();
  Executed faulted = execution();
  Delivery news;
  news.kind = DeliveryKind::callback;
  news.message = MessageIndex(0);
  news.answer.edit().status = 500;
  news.answer.edit().error_code = 11217;
  faulted.trace.deliveries.insert(faulted.trace.deliveries.begin() + 1, news);
  const Comparison comparison = compare(faulted, twin, kNothingIgnored);
  CHECK(comparison.comparable);
  CHECK(comparison.differences.empty());
  // Nor are they part of the way of a message, or a crash in answering it.
  const PlacedFault lost = placed(Seam::deliver, {MessageIndex(0), 0}, "lost-response");
  Executed lossy_twin = twin;
  lossy_twin.faults = {lost};
  faulted.faults = {lost};
  CHECK(compare(faulted, lossy_twin, kNothingIgnored).comparable);
  faulted.trace.outcomes[0].messages = {message("other")};
  CHECK(compare(faulted, lossy_twin, kNothingIgnored).differences.at(0).kind ==
        DifferenceKind::reply);
}
