#include <crumbproof/run/seams.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::run {

namespace {

using faults::DeliverEffect;
using faults::FaultKind;
using faults::ReadEffect;
using faults::SendEffect;
using faults::WriteEffect;

/// Whether the two would do the same to the app and to the store.
bool same(const SendEffect& a, const SendEffect& b) {
  return a.pass == b.pass && a.overtaken_by == b.overtaken_by && a.order == b.order;
}

bool same(DeliverEffect a, DeliverEffect b) { return a == b; }

bool same(const WriteEffect& a, const WriteEffect& b) {
  return a.lost == b.lost && a.triggers_late == b.triggers_late && a.events_late == b.events_late;
}

/// The app sees names and values only.
bool same(const ReadEffect& a, const ReadEffect& b) {
  return a.outage == b.outage && a.alterations == b.alterations &&
         std::ranges::equal(a.cookies, b.cookies, [](const auto& one, const auto& other) {
           return one.name == other.name && one.value == other.value;
         });
}

}  // namespace

Seams::Seams(const Plan& plan, ChoiceSource& choices, Executed& account)
    : plan_(plan), choices_(choices), account_(account) {}

template <class Effect>
Effect Seams::choose(Seam seam, Place place, Effect none,
                     std::vector<Alternative<Effect>> alternatives,
                     std::vector<std::string>* struck) {
  const bool counts = choices_.may_grow();
  std::vector<Fault> names;
  std::vector<Effect> effects;
  for (Alternative<Effect>& alternative : alternatives) {
    const auto is_same = [&](const Effect& other) { return same(alternative.effect, other); };
    const bool changes_nothing = is_same(none);
    if (!plan_.offer_void && (changes_nothing || std::ranges::any_of(effects, is_same))) {
      if (counts)
        ++(changes_nothing ? account_.voided.no_difference : account_.voided.simpler_fault);
      continue;
    }
    names.push_back(std::move(alternative.fault));
    effects.push_back(std::move(alternative.effect));
  }
  if (counts) account_.offered += effects.size();
  if (effects.empty()) return none;
  const std::size_t chosen = choices_.choose({seam, place, names});
  if (chosen == 0) return none;
  Fault& fault = names.at(chosen - 1);
  if (struck != nullptr) struck->push_back(fault.kind);
  account_.faults.push_back({seam, place, std::move(fault)});
  return std::move(effects.at(chosen - 1));
}

SendEffect Seams::at_send(const faults::SendSeam& seam, Place place, DeliveryNumber next) {
  if (!asks(Seam::send, {place, next})) return {};
  std::vector<Alternative<SendEffect>> alternatives;
  for (const FaultKind* kind : plan_.kinds) {
    if (!choices_.wants_kind({Seam::send, place, next}, kind->name())) continue;
    for (auto& offer : kind->at_send(seam)) {
      // One that is held back arrives after those that overtake it.
      const DeliveryNumber number(next.value() + offer.effect.overtaken_by);
      alternatives.push_back(
          {{std::string(kind->name()), number, std::move(offer.parameter)}, offer.effect});
    }
  }
  return choose(Seam::send, place, SendEffect{}, std::move(alternatives), nullptr);
}

DeliverEffect Seams::at_deliver(const faults::DeliverSeam& seam, const SeamPlace& at,
                                std::vector<std::string>& struck) {
  if (!asks(Seam::deliver, at)) return DeliverEffect::arrive;
  std::vector<Alternative<DeliverEffect>> alternatives;
  for (const FaultKind* kind : plan_.kinds) {
    if (!choices_.wants_kind({Seam::deliver, at.place, at.delivery}, kind->name())) continue;
    for (auto& offer : kind->at_deliver(seam)) {
      alternatives.push_back(
          {{std::string(kind->name()), at.delivery, std::move(offer.parameter)}, offer.effect});
    }
  }
  return choose(Seam::deliver, at.place, DeliverEffect::arrive, std::move(alternatives), &struck);
}

ReadEffect Seams::at_read(const faults::ReadSeam& seam, bool in_outage, const SeamPlace& at,
                          std::vector<std::string>& struck) {
  if (in_outage) return {};
  ReadEffect none{
      seam.store.cookies_for(seam.snapshot, seam.url, seam.triggered, twilio::Expiry::observed)};
  if (!asks(Seam::read, at)) return none;
  std::vector<Alternative<ReadEffect>> alternatives;
  // Without a cookie there is nothing to withhold: an outage that begins here is one that begins
  // at the next delivery that would carry some.
  const bool nothing_to_lose = none.cookies.empty() && !plan_.offer_void;
  for (const FaultKind* kind : plan_.kinds) {
    if (!choices_.wants_kind({Seam::read, at.place, at.delivery}, kind->name())) continue;
    for (auto& offer : kind->at_read(seam)) {
      if (nothing_to_lose && offer.effect.cookies.empty()) {
        if (choices_.may_grow()) ++account_.voided.no_cookie;
        continue;
      }
      alternatives.push_back({{std::string(kind->name()), at.delivery, std::move(offer.parameter)},
                              std::move(offer.effect)});
    }
  }
  return choose(Seam::read, at.place, std::move(none), std::move(alternatives), &struck);
}

WriteEffect Seams::at_write(const faults::WriteSeam& seam, const SeamPlace& at,
                            std::vector<std::string>& struck) {
  if (!asks(Seam::write, at)) return {};
  std::vector<Alternative<WriteEffect>> alternatives;
  for (const FaultKind* kind : plan_.kinds) {
    if (!choices_.wants_kind({Seam::write, at.place, at.delivery}, kind->name())) continue;
    for (auto& offer : kind->at_write(seam)) {
      alternatives.push_back(
          {{std::string(kind->name()), at.delivery, std::move(offer.parameter)}, offer.effect});
    }
  }
  return choose(Seam::write, at.place, WriteEffect{}, std::move(alternatives), &struck);
}

}  // namespace crumbproof::run
