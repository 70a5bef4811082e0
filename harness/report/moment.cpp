#include <crumbproof/report/moment.hpp>

#include <fmt/format.h>

namespace crumbproof::report {

std::string told(Duration time) {
  if (time < Duration{0}) return "-" + told(-time);
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(time);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time - hours);
  const double seconds = std::chrono::duration<double>(time - hours - minutes).count();
  // A double shows its shortest form, so 10.05 s stays 10.05.
  if (hours.count() > 0) {
    return fmt::format("{} h {} min {} s", hours.count(), minutes.count(), seconds);
  }
  if (minutes.count() > 0) return fmt::format("{} min {} s", minutes.count(), seconds);
  return fmt::format("{} s", seconds);
}

std::string told(Instant moment) { return told(moment.time_since_epoch()); }

}  // namespace crumbproof::report
