#include <crumbproof/search/cover.hpp>
#include <crumbproof/search/lineage.hpp>
#include <crumbproof/search/scout.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace crumbproof::search {

namespace {

/// With so many faults at most; larger schedules are too many to go ahead with.
constexpr std::size_t kMostScouted = 2;

/// What comes of these depends on an order of which there are many.
bool is_scouted(const Fault& fault) {
  return fault.kind != faults::overlap().name() && fault.kind != faults::shuffle().name();
}

/// What two faults cut together: each of the one's with each of the other's.
std::vector<std::uint64_t> joined(const std::vector<std::uint64_t>& earlier,
                                  const std::vector<Cut>& cuts) {
  std::vector<std::uint64_t> all;
  all.reserve(earlier.size() * cuts.size());
  for (const std::uint64_t before : earlier) {
    for (const Cut& cut : cuts) {
      all.push_back(Hasher().add(before).add(cut.at.value()).add(cut.how).add(cut.much).value());
    }
  }
  return all;
}

}  // namespace

Scout::Scout(Inquiry& inquiry, const Conversations& conversations)
    : inquiry_(inquiry), conversations_(conversations), ahead_(inquiry.judge()) {}

std::variant<Finding, Stop> Scout::first(std::uint64_t budget) {
  Candidates level;
  for (const std::vector<Message>& messages : conversations_.controls()) {
    const std::size_t number = conversations_.number_of(messages);
    level.push_back({number, {}, {Hasher().add(number).value()}});
  }
  const std::size_t most = std::min(inquiry_.settings().max_faults, kMostScouted);
  for (std::size_t faults = 0; faults <= most && !level.empty(); ++faults) {
    inquiry_.progress().faults = faults;
    Candidates larger;
    auto outcome = try_all(std::exchange(level, {}), budget, larger);
    if (auto* finding = std::get_if<Finding>(&outcome)) return made_smaller(std::move(*finding));
    if (std::get<Stop>(outcome) != Stop::done) return outcome;
    level = std::move(larger);
  }
  return Stop::done;
}

std::variant<Finding, Stop> Scout::try_all(Candidates candidates, std::uint64_t budget,
                                           Candidates& larger) {
  const auto size = [&](const Candidate& candidate) {
    return size_of(candidate.conversation, 0, candidate.faults);
  };
  std::ranges::sort(candidates, {}, size);
  std::vector<std::vector<std::uint64_t>> cuts;
  cuts.reserve(candidates.size());
  for (const Candidate& candidate : candidates) cuts.push_back(candidate.cuts);
  const std::vector<std::size_t> order = cover_order(cuts);
  for (std::size_t n = 0; n < order.size(); ++n) {
    if (const auto stop = inquiry_.must_stop(budget)) return *stop;
    ahead_.advance(n, order.size(), [&](std::size_t later) -> LookAhead::Next {
      const Candidate& candidate = candidates[order[later]];
      return {at(candidate.conversation), candidate.faults};
    });
    const Candidate& candidate = candidates[order[n]];
    const bool may_grow =
        candidate.faults.size() < std::min(inquiry_.settings().max_faults, kMostScouted);
    if (auto finding = attempt(candidate, may_grow ? &larger : nullptr)) {
      inquiry_.announce(*finding);
      return std::move(*finding);
    }
  }
  ahead_.forget();
  return Stop::done;
}

std::optional<Finding> Scout::attempt(const Candidate& candidate, Candidates* larger) {
  const Conversation conversation = at(candidate.conversation);
  run::PlannedChoices choices(candidate.faults, larger != nullptr);
  Tried tried = inquiry_.scout_schedule(conversation, choices);
  if (!choices.fits()) return std::nullopt;
  if (larger != nullptr) {
    for (Fault& offer : choices.offers()) {
      if (!inquiry_.is_relevant(offer) || !is_scouted(offer)) continue;
      std::vector<Fault> faults = candidate.faults;
      auto cuts = joined(candidate.cuts, cuts_of(tried.judged.faulted.trace, offer));
      faults.push_back(std::move(offer));
      if (!is_needed(conversation, faults)) continue;
      larger->push_back({candidate.conversation, std::move(faults), std::move(cuts)});
    }
  }
  return inquiry_.finding(candidate.conversation, conversation, std::move(tried.judged));
}

bool Scout::is_needed(const Conversation& conversation, std::span<const Fault> faults) const {
  // A shard runs what it would run anyway.
  const bool grows = faults.size() < inquiry_.settings().max_faults;
  return (faults.size() < kOwningFaults && grows) || inquiry_.owns(conversation.messages, faults);
}

Finding Scout::made_smaller(Finding finding) {
  const std::uint64_t found_after = finding.found_after;
  const properties::Property* const property = finding.broken.front();
  const auto is_smaller = [&](std::size_t conversation, std::vector<Fault> faults) {
    auto found = attempt({conversation, std::move(faults), {}}, nullptr);
    if (!found || found->broken.front() != property || found->size >= finding.size) return false;
    finding = std::move(*found);
    return true;
  };
  const auto takes_a_step = [&] {
    const std::vector<Fault> faults = finding.faults;
    const std::size_t conversation = finding.size.conversation;
    for (std::size_t n = 0; n < faults.size(); ++n) {
      std::vector<Fault> fewer = faults;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(n));
      if (is_smaller(conversation, std::move(fewer))) return true;
    }
    for (std::size_t length = 1; length < finding.conversation.messages.size(); ++length) {
      const auto beginning = std::span(finding.conversation.messages).first(length);
      if (is_smaller(conversations_.number_of(beginning), faults)) return true;
    }
    for (std::size_t n = 0; n < faults.size(); ++n) {
      if (faults[n].magnitude() < 2 ||
          !std::holds_alternative<std::int64_t>(faults[n].parameter->value)) {
        continue;
      }
      std::vector<Fault> weaker = faults;
      weaker[n].parameter->value = faults[n].magnitude() - 1;
      if (is_smaller(conversation, std::move(weaker))) return true;
    }
    return false;
  };
  while (takes_a_step()) {
  }
  finding.found_after = found_after;
  return finding;
}

}  // namespace crumbproof::search
