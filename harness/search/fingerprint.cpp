#include <crumbproof/properties/twin.hpp>
#include <crumbproof/search/fingerprint.hpp>
#include <crumbproof/sim/hash.hpp>

#include <map>
#include <set>

namespace crumbproof::search {

namespace {

enum class Of : bool { run, app };

std::uint64_t token_of(const Trace& trace, const Delivery& delivery, const properties::Masks& masks,
                       Of what) {
  constexpr int kHundred = 100;
  Hasher token;
  token.add(to_string(delivery.kind)).add(delivery.answer->status / kHundred);
  if (what == Of::run) {
    token.add(delivery.faults.size());
    for (const std::string& fault : delivery.faults) token.add(fault);
  }
  const std::set<std::string> names(delivery.answer->set_cookies.begin(),
                                    delivery.answer->set_cookies.end());
  token.add(names.size());
  for (const std::string& name : names) token.add(name);
  for (const Outcome& outcome : trace.outcomes) {
    if (outcome.last != delivery.number) continue;
    token.add(masks.apply(properties::describe(trace, outcome)));
  }
  return token.value();
}

std::uint64_t steps_of(const Trace& trace, const properties::Masks& masks, Of what) {
  struct Steps {
    std::uint64_t last = 0;
    std::set<std::uint64_t> all;
  };
  std::map<PairIndex, Steps> pairs;
  for (const Delivery& delivery : trace.deliveries) {
    Steps& steps = pairs[delivery.pair];
    const std::uint64_t token = token_of(trace, delivery, masks, what);
    steps.all.insert(Hasher().add(steps.last).add(token).value());
    steps.last = token;
  }
  Hasher hasher;
  for (const auto& [pair, steps] : pairs) {
    hasher.add(pair.value()).add(steps.all.size());
    for (const std::uint64_t step : steps.all) hasher.add(step);
  }
  hasher.add(trace.probe ? 1 : 0).add(masks.apply(trace.probe.value_or("")));
  return hasher.value();
}

}  // namespace

std::uint64_t fingerprint(const Trace& trace, const properties::Masks& masks) {
  return steps_of(trace, masks, Of::run);
}

std::uint64_t behaviour(const Trace& trace, const properties::Masks& masks) {
  return steps_of(trace, masks, Of::app);
}

}  // namespace crumbproof::search
