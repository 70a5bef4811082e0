#include <crumbproof/run/back_off.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

template <class Samples>
std::chrono::nanoseconds median(const Samples& samples) {
  std::vector<std::chrono::nanoseconds> sorted(samples.begin(), samples.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return *middle;
}

std::string executions(std::size_t count) {
  return count == 1 ? "one execution" : fmt::format("{} executions", count);
}

}  // namespace

BackOff::Advice BackOff::ended(const Ended& execution) {
  if (execution.busy && !own_) return busy(execution);
  alone_ = 0;
  next_wait_ = kFirstWait;
  Advice advice;
  if (explodes(execution)) {
    halve();
    last_.clear();
    advice.notice = fmt::format("the app answers much slower than at first: down to {} at once",
                                executions(at_once_));
    return advice;
  }
  // As many again as a whole round of them has gone well.
  if (++calm_ > kSamples * at_once_ && at_once_ < most_) {
    ++at_once_;
    calm_ = 0;
  }
  return advice;
}

BackOff::Advice BackOff::busy(const Ended& execution) {
  if (execution.at_once == 1 && ++alone_ == kAlone) {
    own_ = true;
    Advice advice;
    advice.notice =
        "the app says that it has too much to do even with one execution alone: taken as its own "
        "answer";
    return advice;
  }
  const std::size_t before = at_once_;
  // Those that were in flight with one that was too much have been told so too; once is enough.
  if (execution.at_once >= at_once_) halve();
  Advice advice;
  advice.again = true;
  advice.wait =
      execution.retry_after ? *execution.retry_after : std::exchange(next_wait_, next_wait_ * 2);
  advice.wait = std::min(advice.wait, kLongestWait);
  next_wait_ = std::min(next_wait_, kLongestWait);
  if (at_once_ < before) {
    advice.notice = fmt::format("the app says that it has too much to do: down to {} at once",
                                executions(at_once_));
  }
  return advice;
}

bool BackOff::explodes(const Ended& execution) {
  if (execution.took.count() == 0) return false;
  if (first_.size() < kSamples) {
    first_.push_back(execution.took);
    return false;
  }
  last_.push_back(execution.took);
  if (last_.size() <= kSamples) return false;
  last_.pop_front();
  return at_once_ > 1 &&
         median(last_) > median(first_) * kExplodes * static_cast<std::int64_t>(at_once_);
}

void BackOff::halve() {
  at_once_ = std::max<std::size_t>(1, at_once_ / 2);
  calm_ = 0;
}

}  // namespace crumbproof::run
