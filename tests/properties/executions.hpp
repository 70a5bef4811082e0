#pragma once

#include <crumbproof/properties/twin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

/// Executions to be changed and compared.
namespace crumbproof::properties::sample {

inline ReplyMessage message(const std::string& body) { return {{}, {}, body, {}}; }

/// Two messages, a delivery and a reply each.
inline run::Executed execution() {
  run::Executed executed;
  for (std::uint32_t n = 0; n < 2; ++n) {
    Delivery delivery;
    delivery.number = DeliveryNumber(n + 1);
    delivery.message = MessageIndex(n);
    delivery.answer.edit().status = 200;
    executed.trace.deliveries.push_back(delivery);
    Outcome outcome;
    outcome.message = MessageIndex(n);
    outcome.last = delivery.number;
    outcome.status_class = 2;
    outcome.messages = {message("reply " + std::to_string(n))};
    executed.trace.outcomes.push_back(outcome);
  }
  return executed;
}

inline run::PlacedFault placed(run::Seam seam, run::Place place, std::string kind) {
  return {seam, place, {std::move(kind), DeliveryNumber(1), std::nullopt}};
}

}  // namespace crumbproof::properties::sample
