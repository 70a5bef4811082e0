#include <crumbproof/cli/watch.hpp>

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

std::string progress_line(const search::Progress& progress, std::chrono::duration<double> elapsed,
                          std::size_t width) {
  const double seconds = elapsed.count();
  std::string line = fmt::format("{} schedules", progress.schedules);
  const bool end_is_known =
      progress.schedules_known >= progress.schedules && progress.schedules_known > 0;
  if (end_is_known) {
    line = fmt::format("{} of {} schedules", progress.schedules, progress.schedules_known);
  }
  line += fmt::format(", now {} fault{}", progress.faults, progress.faults == 1 ? "" : "s");
  if (seconds > 0) {
    line += fmt::format(", {:.0f} requests/s", static_cast<double>(progress.deliveries) / seconds);
  }
  if (end_is_known && progress.schedules > 0 && seconds > 0) {
    const auto left = static_cast<double>(progress.schedules_known - progress.schedules);
    line +=
        fmt::format(", {} left", rough(left * seconds / static_cast<double>(progress.schedules)));
  }
  return line.substr(0, width);
}

Watch::Watch(std::ostream& stream, WatchSettings settings)
    : stream_(stream), settings_(std::move(settings)), started_(settings_.now()) {}

Watch::~Watch() { clear_line(); }

void Watch::on_progress(const search::Progress& progress) {
  if (!settings_.progress_line) return;
  const auto now = settings_.now();
  if (shown_at_ && now - *shown_at_ < kShowEvery) return;
  shown_at_ = now;
  // The last column stays free: a character there would move the cursor to the next line.
  const std::string line =
      progress_line(progress, now - started_, settings_.width > 0 ? settings_.width - 1 : 0);
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
