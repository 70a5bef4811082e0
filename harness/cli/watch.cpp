#include <crumbproof/cli/watch.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

constexpr std::chrono::milliseconds kShowEvery{100};

/// As in `45 s`, `3 min`, `2 h`.
std::string rough(double seconds) {
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  if (seconds < 2 * kMinute) return fmt::format("{:.0f} s", std::ceil(seconds));
  if (seconds < 2 * kHour) return fmt::format("{:.0f} min", seconds / kMinute);
  return fmt::format("{:.0f} h", seconds / kHour);
}

}  // namespace

std::string progress_line(const search::Progress& progress, const Pace::Rate& rate,
                          std::size_t width) {
  constexpr std::uint64_t kPercent = 100;
  std::string line = progress.resuming ? "resuming: " : "";
  const bool end_is_known =
      progress.schedules_known >= progress.schedules && progress.schedules_known > 0;
  if (end_is_known) {
    line += fmt::format("{} of {} schedules ({} %)", progress.schedules, progress.schedules_known,
                        progress.schedules * kPercent / progress.schedules_known);
  } else {
    line += fmt::format("{} schedules", progress.schedules);
  }
  line += fmt::format(", now {} fault{}", progress.faults, progress.faults == 1 ? "" : "s");
  if (rate.deliveries > 0) line += fmt::format(", {:.0f} requests/s", rate.deliveries);
  if (end_is_known && rate.schedules > 0) {
    const auto left = static_cast<double>(progress.schedules_known - progress.schedules);
    line += fmt::format(", {} left", rough(left / rate.schedules));
  }
  if (progress.found > 0) {
    line += fmt::format(", {} counterexample{}", progress.found, progress.found == 1 ? "" : "s");
  }
  return line.substr(0, width);
}

Watch::Watch(std::ostream& stream, WatchSettings settings)
    : stream_(stream),
      settings_(std::move(settings)),
      started_(settings_.now()),
      reported_at_(started_) {}

Watch::~Watch() { clear_line(); }

void Watch::on_progress(const search::Progress& progress) {
  if (!settings_.progress_line) return;
  const auto now = settings_.now();
  if (shown_at_ && now - *shown_at_ < kShowEvery) return;
  shown_at_ = now;
  pace_.note(progress, now);
  // The last column stays free: a character there would move the cursor to the next line.
  const std::string line =
      progress_line(progress, pace_.rate(), settings_.width > 0 ? settings_.width - 1 : 0);
  stream_ << '\r' << fmt::format("{:<{}}", line, shown_) << std::flush;
  shown_ = line.size();
}

void Watch::on_failure(const Schedule& schedule, const properties::Difference& /*seen*/) {
  if (told_ || !settings_.say_failure) return;
  told_ = true;
  clear_line();
  stream_ << "first failing schedule: " << to_string(schedule) << "; confirming\n" << std::flush;
}

void Watch::on_notice(const std::string& notice) {
  if (!settings_.say_failure) return;
  clear_line();
  stream_ << "crumbproof: " << notice << '\n' << std::flush;
}

bool Watch::wants_partial_result() {
  return settings_.on_partial_result && settings_.now() - reported_at_ >= report_after_;
}

void Watch::on_partial_result(const search::CheckResult& so_far) {
  const auto began = settings_.now();
  settings_.on_partial_result(so_far);
  reported_at_ = settings_.now();
  // Reports of a long search are large. Writing them may take up to a twentieth of the time.
  constexpr int kShare = 20;
  report_after_ = std::max<std::chrono::steady_clock::duration>(settings_.report_every,
                                                                kShare * (reported_at_ - began));
}

bool Watch::wants_stop() {
  if (settings_.interrupted && settings_.interrupted()) return true;
  return settings_.time_limit && settings_.now() - started_ >= *settings_.time_limit;
}

std::chrono::duration<double> Watch::elapsed() const { return settings_.now() - started_; }

void Watch::clear_line() {
  if (shown_ == 0) return;
  stream_ << '\r' << std::string(shown_, ' ') << '\r' << std::flush;
  shown_ = 0;
}

}  // namespace crumbproof::cli
