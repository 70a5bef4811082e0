#include <crumbproof/search/drawn.hpp>
#include <crumbproof/search/fingerprint.hpp>

#include <utility>
#include <vector>

#include <rapidcheck.h>

namespace crumbproof::search {

namespace {

struct Draw {
  std::size_t conversation = 0;
  std::vector<std::uint32_t> numbers;
};

/// Seams of a message at which something is on offer: a few for each of its deliveries.
constexpr std::size_t kSeamsPerMessage = 8;
/// RapidCheck's size of generated values, whose greatest is 100.
constexpr int kSize = 100;

rc::Gen<Draw> draws(const Conversations& conversations) {
  // Most numbers are 0, no fault, and 0 is what they shrink to.
  constexpr int kRange = 100;
  constexpr int kNoFault = 80;
  const auto number = rc::gen::map(rc::gen::inRange(0, kRange), [](int drawn) {
    return drawn < kNoFault ? 0U : static_cast<std::uint32_t>(drawn - kNoFault + 1);
  });
  const auto numbers = rc::gen::container<std::vector<std::uint32_t>>(
      conversations.max_messages() * kSeamsPerMessage, number);
  // Any conversation may come, the longest ones more often; a smaller number is a smaller one.
  const std::size_t size = conversations.size();
  const auto conversation =
      rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, size),
                     rc::gen::inRange<std::size_t>(conversations.first_longest(), size));
  return rc::gen::map(rc::gen::pair(conversation, numbers),
                      [](std::pair<std::size_t, std::vector<std::uint32_t>> parts) {
                        return Draw{parts.first, std::move(parts.second)};
                      });
}

}  // namespace

Drawn::Drawn(Inquiry& inquiry, const Conversations& conversations, std::uint64_t seed)
    : inquiry_(inquiry), conversations_(conversations), seed_(seed) {}

std::variant<Finding, Stop> Drawn::next(std::uint64_t budget) {
  const rc::Gen<Draw> generator = draws(conversations_);
  enum class Purpose : bool { to_sample, to_shrink };
  const auto attempt = [&](const Draw& draw, Purpose purpose) {
    const Conversation conversation = conversations_.at(draw.conversation);
    run::DrawnChoices choices(draw.numbers, inquiry_.settings().max_faults);
    Tried tried = inquiry_.try_schedule(conversation, choices);
    if (purpose == Purpose::to_sample) {
      fingerprints_.add(fingerprint(tried.judged.faulted.trace, inquiry_.judge().masks()));
    }
    return inquiry_.finding(draw.conversation, conversation, std::move(tried.judged));
  };
  inquiry_.progress().faults = inquiry_.settings().max_faults;
  inquiry_.progress().schedules_known = 0;
  while (true) {
    if (const auto stop = inquiry_.must_stop(budget)) return *stop;
    // A run that everything is known of costs no delivery; draws are bounded all the same.
    if (draws_ >= budget) return Stop::budget;
    auto shrinkable = generator(rc::Random(seed_ + draws_++), kSize);
    auto finding = attempt(shrinkable.value(), Purpose::to_sample);
    if (!finding) continue;
    inquiry_.announce(*finding);
    const std::uint64_t found_after = finding->found_after;
    const properties::Property* property = finding->broken.front();
    // The first smaller one that breaks the same property, as long as there is one.
    for (auto smaller = shrinkable.shrinks(); auto candidate = smaller.next();) {
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
