#include <crumbproof/cli/pace.hpp>

namespace crumbproof::cli {

namespace {

constexpr std::chrono::seconds kWindow{10};

}  // namespace

void Pace::note(const search::Progress& progress, std::chrono::steady_clock::time_point now) {
  if (progress.resuming) marks_.clear();
  marks_.push_back({now, progress.deliveries, progress.schedules});
  while (marks_.size() > 2 && now - marks_[1].at >= kWindow) marks_.pop_front();
}

Pace::Rate Pace::rate() const {
  if (marks_.empty()) return {};
  const Mark& first = marks_.front();
  const Mark& last = marks_.back();
  const double seconds = std::chrono::duration<double>(last.at - first.at).count();
  if (seconds <= 0) return {};
  return {static_cast<double>(last.deliveries - first.deliveries) / seconds,
          static_cast<double>(last.schedules - first.schedules) / seconds};
}

}  // namespace crumbproof::cli
