// What it wins to fork an app's state where two executions begin alike, instead of sending the
// beginning again: requests sent, and time of the same search, for apps that take more or less time
// to answer. A Markdown table, to stdout; times are medians of interleaved runs.

#include <crumbproof/suite/check.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

using namespace crumbproof;

namespace {

constexpr std::size_t kRuns = 7;

/// Counts by sender; a cookie caches the count. `state` and `work` are what there is to copy and
/// how long an answer takes.
struct Counter {
  std::vector<std::string> state;
  std::size_t work = 0;
  std::map<std::string, int, std::less<>> counts;

  Response operator()(const Request& request) {
    const int n = ++counts[std::string(request.parameter("From"))];
    // A hash nobody needs, so that the work is not optimised away.
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (std::size_t i = 0; i < work; ++i) hash = (hash ^ i) * 1'099'511'628'211U;
    const std::string text = hash == 0 ? "" : "message " + std::to_string(n);
    return Response::twiml("<Response><Message>" + text + "</Message></Response>")
        .set_cookie("n=" + std::to_string(n));
  }
};

struct Measured {
  std::uint64_t deliveries = 0;
  std::vector<double> seconds;

  [[nodiscard]] double median() {
    std::ranges::sort(seconds);
    return seconds[seconds.size() / 2];
  }
};

void run(const App& app, Measured& measured) {
  const auto scenario = Scenario{}.say({"a", "b", "c", "d", "e", "f"}).budget(1'000'000);
  const auto start = std::chrono::steady_clock::now();
  measured.deliveries = check(app, scenario).result.stats.deliveries;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  measured.seconds.push_back(took.count());
}

void compare(std::string_view what, const Counter& counter) {
  const App whole(counter);
  const App forked = App::with_state(
      counter, [](Counter& state, const Request& request) { return state(request); });
  Measured sent_again;
  Measured gone_on;
  for (std::size_t i = 0; i < kRuns; ++i) {
    run(whole, sent_again);
    run(forked, gone_on);
  }
  const double before = sent_again.median();
  const double after = gone_on.median();
  fmt::print("| {} | {} | {} | {:.3f} s | {:.3f} s | {:.2f} |\n", what, sent_again.deliveries,
             gone_on.deliveries, before, after, after / before);
}

}  // namespace

int main() {
  fmt::print(
      "| app | sent again: deliveries | forked: deliveries | sent again | forked | ratio |\n");
  fmt::print("|---|---:|---:|---:|---:|---:|\n");
  compare("answers at once", {});
  compare("answers at once, 1,000 strings to copy",
          {std::vector<std::string>(1'000, "order"), 0, {}});
  compare("takes 0.1 ms to answer", {{}, 100'000, {}});
}
