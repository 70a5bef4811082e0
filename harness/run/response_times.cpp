#include <crumbproof/run/response_times.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

using std::chrono::nanoseconds;
using Times = std::vector<nanoseconds>;

/// Fewer samples of a request say nothing; more than this many are not kept.
constexpr std::size_t kFewest = 5;
constexpr std::size_t kMost = 2'000;

nanoseconds quantile(const Times& sorted, double part) {
  const double place = part * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::llround(place))];
}

/// Of some samples at least.
Spread spread_of(Times times) {
  constexpr double kQuarter = 0.25;
  std::ranges::sort(times);
  return {times.size(), quantile(times, kQuarter), quantile(times, 2 * kQuarter),
          quantile(times, 3 * kQuarter)};
}

}  // namespace

void ResponseTimes::add(const AppRequest& request, nanoseconds took) {
  const bool with = request.freshness == Freshness::fresh;
  if (!with && request.freshness != Freshness::absent) return;
  if (request.news || request.fallback) return;
  Samples& samples = samples_[fmt::format("{} {} {} {}", request.key.message, request.method,
                                          request.key.url.str(), request.key.text)];
  Times& times = with ? samples.with : samples.without;
  if (times.size() < kMost) times.push_back(took);
}

std::optional<CookieWorth> ResponseTimes::worth() const {
  Times with;
  Times without;
  Times saved;  // of each kind of request, as often as it has pairs of samples
  for (const auto& [request, samples] : samples_) {
    const std::size_t pairs = std::min(samples.with.size(), samples.without.size());
    if (pairs < kFewest) continue;
    with.insert(with.end(), samples.with.begin(), samples.with.end());
    without.insert(without.end(), samples.without.begin(), samples.without.end());
    const nanoseconds gain = spread_of(samples.without).median - spread_of(samples.with).median;
    saved.insert(saved.end(), pairs, gain);
  }
  if (saved.empty()) return std::nullopt;
  CookieWorth worth{spread_of(std::move(with)), spread_of(std::move(without)),
                    spread_of(std::move(saved)).median, true};
  // A tenth of the time, and beyond the half of the samples that lie in the middle.
  constexpr int kTenth = 10;
  const bool matters = worth.saved * kTenth > worth.without.median;
  worth.buys_nothing = !matters || worth.with.upper >= worth.without.median;
  return worth;
}

}  // namespace crumbproof::run
