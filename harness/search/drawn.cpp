#include <crumbproof/search/drawn.hpp>
#include <crumbproof/search/fingerprint.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/search/swarm_choices.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/random.hpp>

#include <tuple>
#include <utility>
#include <vector>

#include <rapidcheck.h>

namespace crumbproof::search {

namespace {

using Draw = Drawn::Draw;

/// Seams of a message at which something is on offer: a few for each of its deliveries.
constexpr std::size_t kSeamsPerMessage = 8;
/// RapidCheck's size of generated values, whose greatest is 100.
constexpr int kSize = 100;

/// Of four runs so many have a kind of fault on. With half of them, what a single kind finds takes
/// twice as long; with all, what needs much of one kind takes twice as long.
constexpr int kOnOfFour = 3;

/// So many children in a row are made from one draw of the corpus, and so many numbers of it are
/// drawn anew in each.
constexpr std::uint64_t kChildren = 16;
constexpr int kRedrawn = 5;

/// Most numbers are 0, no fault, and 0 is what they shrink to.
rc::Gen<std::uint32_t> numbers() {
  constexpr int kRange = 100;
  constexpr int kNoFault = 80;
  return rc::gen::map(rc::gen::inRange(0, kRange), [](int drawn) {
    return drawn < kNoFault ? 0U : static_cast<std::uint32_t>(drawn - kNoFault + 1);
  });
}

rc::Gen<Draw> draws(const Conversations& conversations, const faults::Kinds& kinds) {
  const auto sequence = rc::gen::container<std::vector<std::uint32_t>>(
      conversations.max_messages() * kSeamsPerMessage, numbers());
  // Any conversation may come, the longest ones more often; a smaller number is a smaller one.
  const std::size_t size = conversations.size();
  const auto conversation =
      rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, size),
                     rc::gen::inRange<std::size_t>(conversations.first_longest(), size));
  const auto on = rc::gen::container<std::vector<bool>>(
      kinds.size(),
      rc::gen::map(rc::gen::inRange(0, 4), [](int drawn) { return drawn < kOnOfFour; }));
  return rc::gen::map(
      rc::gen::tuple(conversation, sequence, on),
      [&kinds](std::tuple<std::size_t, std::vector<std::uint32_t>, std::vector<bool>> parts) {
        Draw draw{std::get<0>(parts), std::move(std::get<1>(parts)), {}};
        for (std::size_t n = 0; n < kinds.size(); ++n) {
          if (std::get<2>(parts)[n]) draw.on.push_back(kinds[n]);
        }
        if (draw.on.empty()) draw.on = kinds;
        return draw;
      });
}

/// With what is smaller by one step: an earlier conversation, or a smaller number.
rc::Shrinkable<Draw> shrinkable(Draw draw) {
  return rc::shrinkable::shrinkRecur(std::move(draw), [](const Draw& from) {
    auto conversations = rc::seq::map(rc::shrink::towards(from.conversation, std::size_t{0}),
                                      [from](std::size_t conversation) {
                                        return Draw{conversation, from.numbers, from.on};
                                      });
    auto sequences = rc::seq::map(
        rc::shrink::eachElement(
            from.numbers,
            [](std::uint32_t number) { return rc::shrink::towards(number, std::uint32_t{0}); }),
        [from](std::vector<std::uint32_t> smaller) {
          return Draw{from.conversation, std::move(smaller), from.on};
        });
    return rc::seq::concat(std::move(conversations), std::move(sequences));
  });
}

}  // namespace

Drawn::Drawn(Inquiry& inquiry, const Conversations& conversations, std::uint64_t seed)
    : inquiry_(inquiry), conversations_(conversations), seed_(seed) {}

Drawn::Draw Drawn::fresh() {
  const faults::Kinds kinds = striking_kinds(inquiry_.settings());
  return draws(conversations_, kinds)(rc::Random(seed_ + draws_), kSize).value();
}

Drawn::Draw Drawn::mutated() {
  Draw draw = corpus_[children_++ / kChildren % corpus_.size()];
  Random random(Hasher().add(seed_).add(draws_).value());
  for (int n = 0; n < kRedrawn; ++n) {
    const auto at = static_cast<std::size_t>(random.below(draw.numbers.size()));
    draw.numbers[at] = numbers()(rc::Random(random.next()), kSize).value();
  }
  return draw;
}

std::variant<Finding, Stop> Drawn::next(std::uint64_t budget) {
  enum class Purpose : std::uint8_t { to_sample, to_guide, to_shrink };
  const auto attempt = [&](const Draw& draw, Purpose purpose) {
    const Conversation conversation = conversations_.at(draw.conversation);
    SwarmChoices choices(draw.numbers, inquiry_.settings().max_faults, draw.on);
    Tried tried = inquiry_.try_schedule(conversation, choices);
    const Trace& trace = tried.judged.faulted.trace;
    const properties::Masks& masks = inquiry_.judge().masks();
    if (purpose == Purpose::to_sample) fingerprints_.add(fingerprint(trace, masks));
    if (purpose != Purpose::to_shrink && behaviours_.insert(behaviour(trace, masks)).second) {
      corpus_.push_back(draw);
    }
    return inquiry_.finding(draw.conversation, conversation, std::move(tried.judged));
  };
  inquiry_.progress().faults = inquiry_.settings().max_faults;
  inquiry_.progress().schedules_known = 0;
  while (true) {
    if (const auto stop = inquiry_.must_stop(budget)) return *stop;
    // A run that everything is known of costs no delivery; draws are bounded all the same.
    if (draws_ >= budget) return Stop::budget;
    // Those that are made from no other are independent of all that was seen.
    const bool guided = draws_ % 2 == 1 && !corpus_.empty();
    const rc::Shrinkable<Draw> drawn = shrinkable(guided ? mutated() : fresh());
    ++draws_;
    auto finding = attempt(drawn.value(), guided ? Purpose::to_guide : Purpose::to_sample);
    if (!finding) continue;
    inquiry_.announce(*finding);
    const std::uint64_t found_after = finding->found_after;
    const properties::Property* property = finding->broken.front();
    // The first smaller one that breaks the same property, as long as there is one.
    for (auto smaller = drawn.shrinks(); auto candidate = smaller.next();) {
      if (inquiry_.must_stop(budget)) break;
      auto found = attempt(candidate->value(), Purpose::to_shrink);
      if (!found || found->broken.front() != property || found->size >= finding->size) continue;
      finding = std::move(found);
      smaller = candidate->shrinks();
    }
    finding->found_after = found_after;
    return std::move(*finding);
  }
}

}  // namespace crumbproof::search
