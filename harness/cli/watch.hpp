#pragma once

#include <crumbproof/cli/pace.hpp>
#include <crumbproof/search/check.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

namespace crumbproof::cli {

/// How a check is watched over.
struct WatchSettings {
  bool progress_line = false;  ///< rewritten in place, so for a terminal only
  std::size_t width = 80;      ///< columns of that terminal
  bool say_failure = false;    ///< tell of the first failing schedule at once
  std::optional<std::chrono::milliseconds> time_limit;
  std::function<bool()> interrupted;
  /// Takes what is known so far, from time to time; nothing: no one wants to know.
  std::function<void(const search::CheckResult&)> on_partial_result;
  std::chrono::milliseconds report_every{0};  ///< the least time between two of these
  /// Real time; it decides on nothing but the line, the time limit and when a partial result is
  /// taken.
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

/// Shows how a check goes on, and ends it when the user or the time limit says so.
class Watch final : public search::Observer {
 public:
  /// The stream must outlive this object.
  Watch(std::ostream& stream, WatchSettings settings);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  /// Takes the line away.
  ~Watch() override;

  void on_progress(const search::Progress& progress) override;
  void on_failure(const Schedule& schedule, const properties::Difference& seen) override;
  void on_notice(const std::string& notice) override;
  [[nodiscard]] bool wants_partial_result() override;
  void on_partial_result(const search::CheckResult& so_far) override;
  [[nodiscard]] bool wants_stop() override;

  /// Real time since this object came to be.
  [[nodiscard]] std::chrono::duration<double> elapsed() const;

 private:
  void clear_line();

  std::ostream& stream_;
  WatchSettings settings_;
  std::chrono::steady_clock::time_point started_;
  std::optional<std::chrono::steady_clock::time_point> shown_at_;
  std::chrono::steady_clock::time_point reported_at_;  ///< a partial result was taken
  std::chrono::steady_clock::duration report_after_{settings_.report_every};
  Pace pace_;
  std::size_t shown_ = 0;  ///< columns of the line that stands there
  bool told_ = false;
};

/// The progress line, no longer than that many columns.
std::string progress_line(const search::Progress& progress, const Pace::Rate& rate,
                          std::size_t width);

}  // namespace crumbproof::cli
