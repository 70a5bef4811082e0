// A whole search in this process, on an app that costs next to nothing: what the harness itself
// takes for cookie store, trace, twin and verdict. One JSON object to stdout.
//
//   bench_exhaustion [--messages N] [--max-faults K] [--signed] [--threads T]
//                                                                   until it is exhausted, a shard
//                                                                   of the search in each thread
//   bench_exhaustion --soak SCHEDULES [--signed]                    drawn, with memory on the way

#include <crumbproof/search/check.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

using namespace crumbproof;

namespace {

/// Counts the messages of a sender, and keeps a copy in a cookie that it never needs.
target::HandlerFactory counter() {
  return [] {
    return [counts =
                std::map<std::string, int, std::less<>>()](const twilio::Request& request) mutable {
      const int n = ++counts[std::string(request.parameter("From"))];
      twilio::Response response = twilio::Response::twiml(
          "<Response><Message>message " + std::to_string(n) + "</Message></Response>");
      response.set_cookie("n=" + std::to_string(n) + "; Path=/");
      return response;
    };
  };
}

double resident_mib() {
  std::ifstream stream("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  stream >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576.0;
}

/// Ends a soak, and notes the memory after each million of deliveries that were judged.
class Memory final : public search::Observer {
 public:
  Memory(std::uint64_t schedules, std::size_t messages)
      : schedules_(schedules), messages_(messages) {}

  void on_progress(const search::Progress& progress) override {
    constexpr std::uint64_t kMillion = 1'000'000;
    judged_ = progress.schedules;
    while (judged_ * messages_ >= kMillion * (seen_.size() + 1)) seen_.push_back(resident_mib());
  }
  [[nodiscard]] bool wants_stop() override { return schedules_ > 0 && judged_ >= schedules_; }
  [[nodiscard]] const std::vector<double>& seen() const { return seen_; }

 private:
  std::uint64_t schedules_;
  std::size_t messages_;
  std::uint64_t judged_ = 0;
  std::vector<double> seen_;
};

struct Wishes {
  std::size_t messages = 6;
  std::size_t max_faults = 3;
  std::uint64_t soak = 0;
  std::uint32_t threads = 1;
  bool is_signed = false;
};

Wishes read(int count, char** words) {
  Wishes wishes;
  for (int n = 1; n < count; ++n) {
    const std::string_view word = words[n];
    const auto number = [&] {
      return n + 1 < count ? std::strtoull(words[++n], nullptr, 10) : 0ULL;
    };
    if (word == "--messages") {
      wishes.messages = number();
    } else if (word == "--max-faults") {
      wishes.max_faults = number();
    } else if (word == "--threads") {
      wishes.threads = static_cast<std::uint32_t>(number());
    } else if (word == "--soak") {
      wishes.soak = number();
    } else if (word == "--signed") {
      wishes.is_signed = true;
    } else {
      fmt::print(stderr, "{}: not an option of this\n", word);
      std::exit(2);
    }
  }
  return wishes;
}

search::CheckSettings settings_of(const Wishes& wishes) {
  search::CheckSettings settings;
  settings.scripts = {search::Script()};
  Instant at;
  for (std::size_t n = 0; n < wishes.messages; ++n, at += search::kDefaultGap) {
    settings.scripts.front().messages.push_back(
        {PairIndex(0), std::string(1, static_cast<char>('a' + n % 26)), at});
  }
  settings.kinds = faults::default_kinds();
  settings.properties = properties::default_properties();
  settings.max_faults = wishes.max_faults;
  settings.budget = 1'000'000'000;
  settings.strategy = wishes.soak > 0 ? search::Strategy::random : search::Strategy::exhaustive;
  return settings;
}

/// One search, or the shard of it with that index.
search::CheckResult search_part(const Wishes& wishes, std::uint32_t index, Memory& memory) {
  search::CheckSettings settings = settings_of(wishes);
  if (wishes.threads > 1) settings.shard = search::Shard{index, wishes.threads};
  run::SenderSettings sender;
  sender.webhook = twilio::Url::parse("http://127.0.0.1/sms");
  if (wishes.is_signed) sender.auth_token = "0123456789abcdef0123456789abcdef";
  target::HandlerTarget target(counter());
  run::Runner runner(sender, target, twilio::Identities("bench" + std::to_string(index)));
  return search::check(settings, runner, memory);
}

}  // namespace

int main(int count, char** words) {
  const Wishes wishes = read(count, words);
  std::vector<search::CheckResult> results(wishes.threads);
  Memory memory(wishes.soak, wishes.messages);
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (std::uint32_t n = 1; n < wishes.threads; ++n) {
    threads.emplace_back([&, n] {
      Memory unwatched(0, wishes.messages);
      results[n] = search_part(wishes, n + 1, unwatched);
    });
  }
  results[0] = search_part(wishes, 1, memory);
  for (std::thread& thread : threads) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  bool exhausted = true;
  bool passed = true;
  std::uint64_t schedules = 0;
  std::uint64_t deliveries = 0;
  for (const search::CheckResult& result : results) {
    exhausted = exhausted && (result.shard ? result.shard->complete : result.bounds.exhausted);
    passed = passed && result.verdict == search::Verdict::pass;
    schedules += result.bounds.executed + result.bounds.answered_from_cache;
    deliveries += result.stats.deliveries;
  }
  // Each is played with its twin; duplicates, retries and callbacks come on top.
  const double played = static_cast<double>(schedules * wishes.messages);
  fmt::print(
      "{{\"exhausted\": {}, \"seconds\": {:.3f}, \"schedules\": {}, \"deliveries\": {}, "
      "\"schedules_per_second\": {:.0f}, \"played_per_second\": {:.0f}, "
      "\"deliveries_per_second\": {:.0f}, \"resident_mib\": {:.1f}, "
      "\"resident_mib_by_million\": [{:.1f}]}}\n",
      exhausted, took.count(), schedules, deliveries, static_cast<double>(schedules) / took.count(),
      played / took.count(), static_cast<double>(deliveries) / took.count(), resident_mib(),
      fmt::join(memory.seen(), ", "));
  return passed ? 0 : 1;
}
