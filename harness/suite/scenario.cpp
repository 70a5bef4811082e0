#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/suite/scenario.hpp>

#include <utility>

#include <fmt/format.h>

namespace crumbproof {

Scenario::Scenario() {
  search_.kinds = faults::default_kinds();
  search_.properties = properties::default_properties();
}

Scenario& Scenario::say(const std::vector<std::string>& bodies) {
  return script(fmt::format("conversation {}", search_.scripts.size() + 1),
                messages_saying(bodies));
}

Scenario& Scenario::script(std::string name, std::vector<Message> messages) {
  search_.scripts.push_back({std::move(name), std::move(messages)});
  return *this;
}

Scenario& Scenario::alphabet(std::vector<std::string> bodies) {
  search_.alphabet = std::move(bodies);
  return *this;
}

Scenario& Scenario::max_messages(std::size_t messages) {
  search_.max_messages = messages;
  return *this;
}

Scenario& Scenario::max_faults(std::size_t faults) {
  search_.max_faults = faults;
  return *this;
}

Scenario& Scenario::faults(std::string_view names) {
  search_.kinds = faults::parse_list(names);
  return *this;
}

Scenario& Scenario::properties(std::string_view names) {
  search_.properties = properties::parse_list(names);
  return *this;
}

Scenario& Scenario::ignore(std::string pattern) {
  search_.ignore.push_back(std::move(pattern));
  return *this;
}

Scenario& Scenario::budget(std::uint64_t deliveries) {
  search_.budget = deliveries;
  return *this;
}

Scenario& Scenario::handler_orders(std::size_t orders) {
  search_.handler_orders = orders;
  return *this;
}

Scenario& Scenario::seed(std::uint64_t seed) {
  search_.seed = seed;
  return *this;
}

Scenario& Scenario::strategy(search::Strategy strategy) {
  search_.strategy = strategy;
  return *this;
}

Scenario& Scenario::keep_going() {
  search_.keep_going = true;
  return *this;
}

Scenario& Scenario::sign_with(std::string auth_token) {
  sender_.auth_token = std::move(auth_token);
  return *this;
}

Scenario& Scenario::probe(std::string url) {
  sender_.probe = std::move(url);
  return *this;
}

std::vector<Message> messages_saying(const std::vector<std::string>& bodies) {
  std::vector<Message> messages;
  Instant at;
  for (const std::string& body : bodies) {
    messages.push_back({PairIndex(), body, at});
    at += search::kDefaultGap;
  }
  return messages;
}

}  // namespace crumbproof
