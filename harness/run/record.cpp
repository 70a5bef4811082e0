#include <crumbproof/run/record.hpp>

#include <algorithm>
#include <chrono>
#include <limits>

namespace crumbproof::run {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

std::uint32_t microseconds_of(const Transcript::Entry& entry) {
  if (!entry.whole) return 0;
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  const std::int64_t took = duration_cast<microseconds>(entry.took).count();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(took, 1, kMost));
}

}  // namespace

Record::Execution Record::share(std::uint64_t id, Transcript& transcript) {
  Execution execution;
  execution.id = id;
  execution.entries.reserve(transcript.entries.size());
  for (Transcript::Entry& entry : transcript.entries) {
    const AnswerPool::Index answer = pool_.add(*entry.seen);
    execution.entries.push_back({entry.key, answer, microseconds_of(entry)});
    entry.seen = pool_.at(answer);
  }
  execution.probe = transcript.probe;
  execution.warnings = transcript.warnings;
  execution.deliveries = transcript.deliveries;
  return execution;
}

Transcript Record::transcript(std::size_t n) const {
  const Execution& execution = executions_.at(n);
  Transcript transcript;
  for (const Execution::Entry& entry : execution.entries) {
    transcript.entries.push_back(
        {entry.key, pool_.at(entry.answer), microseconds(entry.took_us), entry.took_us > 0});
  }
  transcript.probe = execution.probe;
  transcript.warnings = execution.warnings;
  transcript.deliveries = execution.deliveries;
  return transcript;
}

}  // namespace crumbproof::run
