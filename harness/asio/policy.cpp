#include <crumbproof/asio/policy.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace crumbproof::asio {

std::string to_string(const Decisions& decisions) {
  std::string text = fmt::format("{} handlers, {} decisions:", decisions.handlers, decisions.steps);
  for (const Decision& decision : decisions.taken) {
    text += fmt::format(" {}:{}/{}", decision.step, decision.taken, decision.ready);
  }
  return text;
}

Policy Policy::fifo() { return Policy(Fifo{}); }

Policy Policy::random(std::uint64_t seed) { return Policy(Uniform{Random(seed)}); }

Policy Policy::pct(const PctSettings& settings) { return Policy(Pct(settings)); }

Policy Policy::recorded(Decisions decisions) { return Policy(Recorded{std::move(decisions)}); }

std::size_t Policy::choose(std::span<const Chain> ready) {
  return std::visit([&](auto& rule) { return rule.choose(ready); }, rule_);
}

std::size_t Policy::Fifo::choose(std::span<const Chain> /*ready*/) { return 0; }

std::size_t Policy::Uniform::choose(std::span<const Chain> ready) {
  return random.below(ready.size());
}

Policy::Pct::Pct(const PctSettings& settings) {
  Random random(settings.seed);
  salt_ = random.next();
  // Drawn without putting back: the i-th that is drawn is the i-th change, wherever it lies.
  const std::uint64_t places = std::max<std::uint64_t>(settings.steps, 1) - 1;
  const std::uint64_t wanted = std::max<std::uint64_t>(settings.depth, 1) - 1;
  while (changes_.size() < std::min(wanted, places)) {
    const std::uint64_t step = 1 + random.below(places);
    if (std::ranges::find(changes_, step) == changes_.end()) changes_.push_back(step);
  }
}

Policy::Pct::Priority Policy::Pct::priority(Chain chain) const {
  const auto fallen = std::ranges::find(fallen_, chain, &Fallen::chain);
  if (fallen != fallen_.end()) return {false, fallen->priority};
  // A 64-bit number of its own gives a new chain each rank with the same chance, and needs no list
  // of all chains.
  return {true, Random(salt_ ^ Random(static_cast<std::uint64_t>(chain)).next()).next()};
}

std::size_t Policy::Pct::first(std::span<const Chain> ready) const {
  const auto highest =
      std::ranges::max_element(ready, {}, [this](Chain chain) { return priority(chain); });
  return static_cast<std::size_t>(highest - ready.begin());
}

std::size_t Policy::Pct::choose(std::span<const Chain> ready) {
  ++step_;
  const std::size_t running = first(ready);
  const auto change = std::ranges::find(changes_, step_);
  if (change == changes_.end()) return running;
  const Chain chain = ready[running];
  std::erase_if(fallen_, [chain](const Fallen& fallen) { return fallen.chain == chain; });
  fallen_.push_back({chain, 1 + static_cast<std::uint64_t>(change - changes_.begin())});
  return first(ready);
}

std::size_t Policy::Recorded::choose(std::span<const Chain> ready) {
  ++step;
  if (next == decisions.taken.size() || decisions.taken[next].step != step) return 0;
  const std::size_t taken = decisions.taken[next++].taken;
  return taken < ready.size() ? taken : 0;
}

double pct_chance(const PctSettings& settings, std::uint64_t chains) {
  return 1.0 / (static_cast<double>(chains) * std::pow(static_cast<double>(settings.steps),
                                                       static_cast<double>(settings.depth) - 1));
}

std::uint64_t pct_runs_for(double wanted, const PctSettings& settings, std::uint64_t chains) {
  const double chance = pct_chance(settings, chains);
  if (chance >= 1) return 1;
  return static_cast<std::uint64_t>(std::ceil(std::log1p(-wanted) / std::log1p(-chance)));
}

}  // namespace crumbproof::asio
