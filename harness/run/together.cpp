#include <crumbproof/run/scheduler.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::run {

namespace {

/// Whoever judges has to try all orders of these: 6 of three.
constexpr std::size_t kMostTogether = 3;

}  // namespace

bool Scheduler::next_may_join(std::size_t index) const {
  if (perfect() || waiting_.size() + 1 >= kMostTogether) return false;
  const std::size_t message = flights_[index].place.message.index();
  const std::size_t next = message + 1;
  if (next == plan_.messages.size()) return false;
  const std::size_t first =
      waiting_.empty() ? message : flights_[waiting_.front().first].place.message.index();
  if (plan_.messages[next].at - plan_.messages[first].at >= kLongestInFlight) return false;
  // What else is under way could come between the two.
  const bool next_is_on_its_way = next < unsent_;
  if (on_the_way_ != (next_is_on_its_way ? 1 : 0)) return false;
  if (under_way_ != waiting_.size() + (next_is_on_its_way ? 2 : 1)) return false;
  return !next_is_on_its_way || std::ranges::any_of(flights_, [&](const Flight& flight) {
    return webhooks_[flight.webhook].message.index() == next && !flight.held_back_until &&
           flight.number == DeliveryNumber();
  });
}

void Scheduler::wait_for_next(std::size_t index, Carried carried) {
  waiting_.emplace_back(index, std::move(carried));
  const std::size_t next = flights_[index].place.message.index() + 1;
  if (next == unsent_) events_.push(now_, Send{next, false});
}

void Scheduler::send_together(std::optional<std::pair<std::size_t, Carried>> last) {
  auto going = std::exchange(waiting_, {});
  if (last) going.push_back(std::move(*last));
  const bool really = going.size() > 1;
  if (really) {
    auto& messages = result_.together.emplace_back();
    for (const auto& [index, carried] : going) messages.push_back(flights_[index].place.message);
  }
  std::vector<AppRequest> requests;
  for (auto& [index, carried] : going) {
    requests.push_back(request_of(index, std::move(carried)));
    if (really) requests.back().key.together = static_cast<std::uint32_t>(requests.size());
  }
  auto answers = answers_.answer_together(requests, values_);
  if (!answers) {
    unknown_ = true;
    return;
  }
  for (std::size_t n = 0; n < going.size(); ++n) answered(going[n].first, std::move((*answers)[n]));
}

void Scheduler::place_in_time(AppRequest& request) const {
  request.at = now_;
  request.order = order_;
  if (plan_.simulated) {
    request.key.at = now_.time_since_epoch().count();
    request.key.order = order_;
  } else if (!result_.together.empty()) {
    request.key.execution = plan_.execution;
  }
}

}  // namespace crumbproof::run
