#include <crumbproof/search/level.hpp>

#include <algorithm>
#include <string>
#include <tuple>

namespace crumbproof::search {

void Level::add(std::size_t conversation, std::size_t messages, std::span<const Fault> earlier,
                const Fault& last) {
  Entry entry{conversation, numbers_.size(), 0, messages, 0};
  const auto add_fault = [&](const Fault& fault) {
    const Number number = number_of(fault);
    numbers_.push_back(number);
    entry.parameters += known_[number].size.parameters;
    entry.swaps += known_[number].size.swaps;
  };
  for (const Fault& fault : earlier) add_fault(fault);
  add_fault(last);
  entries_.push_back(entry);
}

void Level::sort() {
  std::ranges::sort(
      entries_, [this](const Entry& one, const Entry& other) { return is_smaller(one, other); });
}

std::vector<Fault> Level::faults_of(std::size_t n) const {
  std::vector<Fault> faults;
  faults.reserve(faults_);
  for (const Number number : numbers_of(entries_[n])) faults.push_back(known_[number].fault);
  return faults;
}

Level::Number Level::number_of(const Fault& fault) {
  const auto [known, is_new] =
      number_by_fault_.try_emplace(fault, static_cast<Number>(known_.size()));
  if (is_new) known_.push_back({fault, size_of(0, 0, {&fault, 1})});
  return known->second;
}

bool Level::is_smaller(const Entry& one, const Entry& other) const {
  const auto key = [](const Entry& entry) {
    return std::tie(entry.messages, entry.swaps, entry.parameters, entry.conversation);
  };
  if (const auto order = key(one) <=> key(other); order != 0) return order < 0;
  const auto first = numbers_of(one);
  const auto second = numbers_of(other);
  // What of the first fault of which this can be told, then of the second, and so on.
  const auto compare = [&](const auto& part) {
    return std::lexicographical_compare_three_way(
        first.begin(), first.end(), second.begin(), second.end(),
        [&](Number a, Number b) { return part(known_[a].size) <=> part(known_[b].size); });
  };
  if (const auto order = compare([](const Size& size) { return size.kinds.front(); }); order != 0) {
    return order < 0;
  }
  if (const auto order = compare([](const Size& size) { return size.places.front(); });
      order != 0) {
    return order < 0;
  }
  const auto words = [&](std::span<const Number> numbers) {
    std::vector<std::string> all;
    for (const Number number : numbers) {
      const std::vector<std::string>& own = known_[number].size.words;
      all.insert(all.end(), own.begin(), own.end());
    }
    return all;
  };
  if (const auto order = words(first) <=> words(second); order != 0) return order < 0;
  return compare([](const Size& size) { return size.magnitudes.front(); }) < 0;
}

}  // namespace crumbproof::search
