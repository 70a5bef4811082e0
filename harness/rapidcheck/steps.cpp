#include <crumbproof/rapidcheck/single_faults.hpp>
#include <crumbproof/rapidcheck/steps.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace crumbproof::rapidcheck {

namespace {

class Steps {
 public:
  Steps(const Space& space, const Draft& draft) : space_(space), draft_(draft) {}

  std::vector<Draft> all() {
    with_fewer_faults();
    with_fewer_messages();
    with_smaller_parameters();
    with_plainer_messages();
    return std::move(steps_);
  }

 private:
  void with_fewer_faults() {
    const std::vector<Fault>& faults = draft_.faults;
    if (faults.empty()) return;
    add({draft_.said, {}});
    for (const Fault& fault : faults) add({draft_.said, {fault}});
    for (std::size_t i = 0; i < faults.size(); ++i) {
      Draft fewer = draft_;
      fewer.faults.erase(fewer.faults.begin() + static_cast<std::ptrdiff_t>(i));
      add(std::move(fewer));
    }
  }

  void with_fewer_messages() {
    const Sayings& sayings = space_.sayings();
    const std::size_t messages = draft_.said.messages;
    for (std::size_t left = 1; left < messages; left = left + (messages - left + 1) / 2) {
      add({sayings.beginning(draft_.said, left), draft_.faults});
    }
    for (std::size_t i = 0; i < messages; ++i) {
      auto fewer = sayings.without(draft_.said, i);
      if (!fewer) continue;
      // Its deliveries are gone, and those after it are counted from one less, as far as each
      // message has one.
      Draft without{*fewer, {}};
      for (Fault fault : draft_.faults) {
        if (fault.delivery.index() == i + 1) continue;
        if (fault.delivery.index() > i + 1)
          fault.delivery = DeliveryNumber(fault.delivery.value() - 1);
        without.faults.push_back(std::move(fault));
      }
      add(std::move(without));
      add({*std::move(fewer), draft_.faults});
    }
  }

  void with_smaller_parameters() {
    for (std::size_t i = 0; i < draft_.faults.size(); ++i) {
      const std::optional<Parameter>& parameter = draft_.faults[i].parameter;
      if (!parameter) continue;
      Draft smaller = draft_;
      if (const auto* number = std::get_if<std::int64_t>(&parameter->value)) {
        for (const std::int64_t less : {std::int64_t{1}, *number / 2, *number - 1}) {
          smaller.faults[i].parameter->value = less;
          add(smaller);
        }
        smaller.faults[i].parameter.reset();
        add(std::move(smaller));
        continue;
      }
      const auto& names = std::get<std::vector<std::string>>(parameter->value);
      for (std::size_t name = 0; name < names.size(); ++name) {
        std::vector<std::string> fewer = names;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(name));
        smaller.faults[i].parameter->value = std::move(fewer);
        add(smaller);
      }
    }
  }

  void with_plainer_messages() {
    for (std::size_t i = 0; i < draft_.said.messages; ++i) {
      if (auto plainer = space_.sayings().simplified(draft_.said, i)) {
        add({*std::move(plainer), draft_.faults});
      }
    }
  }

  void add(Draft step) {
    if (by_size(step, draft_) >= 0 || std::ranges::find(steps_, step) != steps_.end()) return;
    if (!can_strike_in_turn(step.faults, space_.sayings().in_flight_together())) return;
    const bool fits = std::ranges::all_of(step.faults, [&](const Fault& fault) {
      return is_possible(fault, space_.options(), step.said.messages, step.faults.size());
    });
    if (fits) steps_.push_back(std::move(step));
  }

  const Space& space_;
  const Draft& draft_;
  std::vector<Draft> steps_;
};

}  // namespace

std::vector<Draft> steps_down(const Space& space, const Draft& draft) {
  return Steps(space, draft).all();
}

}  // namespace crumbproof::rapidcheck
