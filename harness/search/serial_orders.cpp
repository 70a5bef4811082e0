#include <crumbproof/search/serial_orders.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace crumbproof::search {

namespace {

/// Where in the order each message stands.
std::vector<MessageIndex> positions(const SerialOrder& order) {
  std::vector<MessageIndex> positions(order.size());
  for (std::size_t at = 0; at < order.size(); ++at) {
    positions[order[at].index()] = MessageIndex(static_cast<std::uint32_t>(at));
  }
  return positions;
}

}  // namespace

std::vector<SerialOrder> serial_orders(std::size_t messages,
                                       std::span<const std::vector<MessageIndex>> together) {
  SerialOrder as_sent;
  for (std::size_t n = 0; n < messages; ++n) as_sent.emplace_back(static_cast<std::uint32_t>(n));
  std::vector<SerialOrder> orders{as_sent};
  for (const std::vector<MessageIndex>& group : together) {
    std::vector<SerialOrder> more;
    for (const SerialOrder& order : orders) {
      // A group's messages follow on each other, so they fill the places from its first one on.
      std::vector<MessageIndex> permuted = group;
      do {
        SerialOrder next = order;
        std::ranges::copy(permuted,
                          next.begin() + static_cast<std::ptrdiff_t>(group.front().index()));
        more.push_back(std::move(next));
      } while (std::ranges::next_permutation(permuted).found);
    }
    orders = std::move(more);
  }
  return orders;
}

std::vector<Message> in_order(std::span<const Message> messages, const SerialOrder& order) {
  std::vector<Message> ordered;
  for (std::size_t at = 0; at < messages.size(); ++at) {
    ordered.push_back(messages[at < order.size() ? order[at].index() : at]);
    ordered.back().at = messages[at].at;
  }
  return ordered;
}

std::vector<run::PlacedFault> in_order(std::span<const run::PlacedFault> faults,
                                       const SerialOrder& order) {
  const std::vector<MessageIndex> position = positions(order);
  std::vector<run::PlacedFault> moved(faults.begin(), faults.end());
  for (run::PlacedFault& fault : moved) fault.place.message = position[fault.place.message.index()];
  return moved;
}

run::Executed renumbered(run::Executed executed, const SerialOrder& order) {
  for (Delivery& delivery : executed.trace.deliveries) {
    delivery.message = order[delivery.message.index()];
  }
  for (Outcome& outcome : executed.trace.outcomes) outcome.message = order[outcome.message.index()];
  std::ranges::stable_sort(executed.trace.outcomes, {}, [](const Outcome& outcome) {
    return std::pair(outcome.message, outcome.duplicate);
  });
  for (run::PlacedFault& fault : executed.faults) {
    fault.place.message = order[fault.place.message.index()];
  }
  return executed;
}

}  // namespace crumbproof::search
