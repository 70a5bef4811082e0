#include <crumbproof/report/replay_file.hpp>

#include <string>

#include <hold.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

void fuzz_replay(std::string_view input) {
  const auto file = read_or_complain([&] { return report::read_replay_file(input, "r.json"); });
  if (!file) return;
  const search::Recorded& recorded = file->recorded;
  hold(!recorded.schedule.messages.empty(), "a schedule has a message");
  hold(!file->options.contains("auth-token"), "no replay file has an auth token");
  const std::string written = report::write_replay_file(*file);
  const report::ReplayFile again = report::read_replay_file(written, "w.json");
  hold(again.recorded.schedule == recorded.schedule && again.recorded.actual == recorded.actual &&
           again.recorded.expected == recorded.expected && again.options == file->options &&
           again.recorded.ignore == recorded.ignore,
       "a replay file that is written reads back the same");
  hold(report::write_replay_file(again) == written, "it is written the same again");
  hold(again.recorded.actual.hash() == recorded.actual.hash(), "its traces have the same hashes");
  static_cast<void>(to_string(recorded.schedule));
  static_cast<void>(to_string(recorded.actual));
}

}  // namespace crumbproof::fuzz
