#include <crumbproof/search/serial_orders.hpp>

#include <set>
#include <string>
#include <vector>

#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

using Group = std::vector<MessageIndex>;

std::vector<std::string> told(const std::vector<SerialOrder>& orders) {
  std::vector<std::string> told;
  for (const SerialOrder& order : orders) {
    std::string& digits = told.emplace_back();
    for (const MessageIndex message : order) digits += std::to_string(message.value());
  }
  return told;
}

Group group(std::uint32_t first, std::uint32_t last) {
  Group group;
  for (std::uint32_t n = first; n <= last; ++n) group.emplace_back(n);
  return group;
}

}  // namespace

TEST_CASE("Two in flight have 2 serial orders, three have 6, the sent order first") {
  using Told = std::vector<std::string>;
  CHECK(told(serial_orders(3, std::vector<Group>{})) == Told{"012"});
  CHECK(told(serial_orders(3, std::vector<Group>{group(1, 2)})) == Told{"012", "021"});
  CHECK(told(serial_orders(3, std::vector<Group>{group(0, 2)})) ==
        Told{"012", "021", "102", "120", "201", "210"});
}

TEST_CASE("Groups one after the other are ordered each by itself") {
  using Told = std::vector<std::string>;
  CHECK(told(serial_orders(4, std::vector<Group>{group(0, 1), group(2, 3)})) ==
        Told{"0123", "0132", "1023", "1032"});
}

TEST_CASE("Messages in another order keep the moments where they are") {
  const auto messages = script({"a", "b", "c", "d"}).messages;
  const SerialOrder order{MessageIndex(1), MessageIndex(0), MessageIndex(2)};
  const auto ordered = in_order(messages, order);
  REQUIRE(ordered.size() == 4);
  CHECK(ordered[0].body == "b");
  CHECK(ordered[0].at == messages[0].at);
  CHECK(ordered[1].body == "a");
  CHECK(ordered[1].at == messages[1].at);
  CHECK(ordered[3] == messages[3]);
  CHECK(in_order(std::vector<Message>{}, order).empty());
}

TEST_CASE("Faults move with their messages, and an execution is told by the schedule's numbers") {
  const SerialOrder order{MessageIndex(1), MessageIndex(2), MessageIndex(0)};
  const std::vector<run::PlacedFault> faults{
      {run::Seam::deliver, {MessageIndex(0)}, {"drop", DeliveryNumber(1), {}}}};
  const auto moved = in_order(faults, order);
  CHECK(moved.front().place.message == MessageIndex(2));

  run::Executed executed;
  executed.faults = moved;
  for (std::uint32_t n = 0; n < 3; ++n) {
    executed.trace.deliveries.emplace_back().message = MessageIndex(n);
    executed.trace.outcomes.emplace_back().message = MessageIndex(n);
    executed.trace.outcomes.back().last = DeliveryNumber(n + 1);
  }
  const run::Executed told = renumbered(executed, order);
  CHECK(told.faults.front().place.message == MessageIndex(0));
  CHECK(told.trace.deliveries[0].message == MessageIndex(1));
  CHECK(told.trace.deliveries[2].message == MessageIndex(0));
  CHECK(told.trace.outcomes[0].message == MessageIndex(0));
  CHECK(told.trace.outcomes[0].last == DeliveryNumber(3));
  CHECK(told.trace.outcomes[1].last == DeliveryNumber(1));
}
