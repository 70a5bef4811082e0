#include <crumbproof/run/scheduler.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::run {

// What the cookie store went through, where a plan asks for it.

const twilio::CookieStore& Scheduler::shown_store(PairIndex pair) {
  PairState& state = state_of(pair);
  return perfect() ? state.perfect : state.store;
}

void Scheduler::note_arrival(const Webhook& webhook) {
  if (!result_.wire) return;
  WireStep step;
  step.before = step.after = shown_store(webhook.pair).version();
  step.read = perfect() ? step.before : webhook.snapshot;
  // A status callback has neither cookies nor a step of its own, but a number.
  result_.wire->steps.resize(result_.trace.deliveries.size() - 1);
  result_.wire->steps.push_back(std::move(step));
}

void Scheduler::note_store(const Delivery& delivery) {
  if (!result_.wire) return;
  result_.wire->steps[delivery.number.index() - 1].after = shown_store(delivery.pair).version();
}

void Scheduler::note_stores() {
  if (!result_.wire) return;
  result_.wire->steps.resize(result_.trace.deliveries.size());
  for (const auto& [pair, state] : pairs_) {
    const twilio::CookieStore& store = perfect() ? state.perfect : state.store;
    StoreStates states{pair, {}};
    for (std::size_t version = 0; version <= store.version(); ++version) {
      auto& kept = states.versions.emplace_back();
      for (const twilio::StoredCookie& cookie : store.all_of(version)) {
        kept.push_back({twilio::valid_utf8(cookie.name), cookie.set_by, cookie.expires});
      }
    }
    result_.wire->stores.push_back(std::move(states));
  }
}

}  // namespace crumbproof::run
