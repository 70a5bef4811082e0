#include <crumbproof/search/handler_orders.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/random.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace crumbproof::search {

namespace {

/// A number that people can read, and many enough that two seeds seldom draw the same.
constexpr std::uint64_t kOrders = 1'000'000;

HandlerOrder drawn(std::uint64_t seed, std::size_t n) {
  Random random(Hasher().add(seed).add(n).value());
  return HandlerOrder(static_cast<std::uint32_t>(1 + random.below(kOrders)));
}

Fault shuffled(HandlerOrder order) {
  return {std::string(faults::shuffle().name()), DeliveryNumber(1),
          Parameter{"order", static_cast<std::int64_t>(order.value())}};
}

Fault overlap_at(std::size_t message) {
  return {std::string(faults::overlap().name()),
          DeliveryNumber(static_cast<std::uint32_t>(message + 1)), std::nullopt};
}

}  // namespace

HandlerOrders::HandlerOrders(Inquiry& inquiry, const Conversations& conversations,
                             std::uint64_t seed)
    : inquiry_(inquiry), conversations_(conversations), seed_(seed) {
  bounds_.orders_each = inquiry.settings().handler_orders;
  for (std::size_t n = conversations.first_longest(); n < conversations.size(); ++n) {
    bases_.push_back({n, {}});
    const std::size_t messages = conversations.at(n).messages.size();
    for (std::size_t at = 0; at + 1 < messages; ++at) bases_.push_back({n, {overlap_at(at)}});
    for (std::size_t at = 0; at + 2 < messages; ++at) {
      bases_.push_back({n, {overlap_at(at), overlap_at(at + 1)}});
    }
  }
  std::ranges::stable_sort(bases_, std::ranges::greater(),
                           [](const Base& base) { return base.faults.size(); });
}

std::variant<Finding, Stop> HandlerOrders::next(std::uint64_t budget) {
  inquiry_.progress().schedules_known = 0;
  while (!bases_.empty()) {
    if (const auto stop = inquiry_.must_stop(budget)) return *stop;
    const Base& base = bases_.back();
    if (orders_ == inquiry_.settings().handler_orders || (orders_ == 0 && !has_choices(base))) {
      bases_.pop_back();
      orders_ = 0;
      continue;
    }
    const HandlerOrder order = drawn(seed_, orders_++);
    if (!is_mine(base, order)) continue;
    ++bounds_.tried;
    if (auto finding = attempt(base, order)) {
      inquiry_.announce(*finding);
      const std::uint64_t found_after = finding->found_after;
      Finding smaller = made_smaller(std::move(*finding), order);
      smaller.found_after = found_after;
      return smaller;
    }
  }
  bounds_.complete = true;
  return Stop::done;
}

bool HandlerOrders::has_choices(const Base& base) {
  run::PlannedChoices choices(base.faults);
  const Conversation conversation = conversations_.at(base.conversation);
  const Judged judged = inquiry_.judge().judge(conversation, choices);
  if (!choices.fits()) return false;
  return std::ranges::any_of(judged.faulted.trace.deliveries, [](const Delivery& delivery) {
    return delivery.answer->handlers.find(kSeveralReady) != std::string::npos;
  });
}

bool HandlerOrders::is_mine(const Base& base, HandlerOrder order) const {
  const std::vector<Fault> faults{shuffled(order)};
  return inquiry_.owns(conversations_.at(base.conversation).messages, faults);
}

std::optional<Finding> HandlerOrders::attempt(const Base& base, HandlerOrder order) {
  std::vector<Fault> faults{shuffled(order)};
  faults.insert(faults.end(), base.faults.begin(), base.faults.end());
  run::PlannedChoices choices(faults);
  const Conversation conversation = conversations_.at(base.conversation);
  Tried tried = inquiry_.try_schedule(conversation, choices);
  if (!choices.fits()) return std::nullopt;
  return inquiry_.finding(base.conversation, conversation, std::move(tried.judged));
}

Finding HandlerOrders::made_smaller(Finding finding, HandlerOrder order) {
  const properties::Property* const property = finding.broken.front();
  const auto is_smaller = [&](const Base& base) {
    auto found = attempt(base, order);
    if (!found || found->broken.front() != property || found->size >= finding.size) return false;
    finding = std::move(*found);
    return true;
  };
  const std::vector<Fault> overlaps(finding.faults.begin() + 1, finding.faults.end());
  // The beginnings of the conversation come before it.
  for (std::size_t n = 0; n < finding.size.conversation; ++n) {
    const std::vector<Message> messages = conversations_.at(n).messages;
    const bool is_beginning =
        messages.size() < finding.conversation.messages.size() &&
        std::ranges::equal(messages,
                           std::span(finding.conversation.messages).first(messages.size()));
    if (is_beginning && is_smaller({n, overlaps})) break;
  }
  return finding;
}

}  // namespace crumbproof::search
