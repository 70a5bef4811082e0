#include <crumbproof/formats/counterexample.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/counterexample_text.hpp>

#include <algorithm>

namespace crumbproof::formats {

const search::Counterexample* counterexample_of(const search::CheckResult& result,
                                                std::string_view property) {
  const auto found =
      std::ranges::find(result.counterexamples, property, &search::Counterexample::property);
  return found == result.counterexamples.end() ? nullptr : &*found;
}

std::string counterexample_text(const search::Counterexample& found,
                                const search::CheckResult& result, const report::RunInfo& info) {
  const report::Style style;
  report::Page page(style);
  report::add_counterexample(page, found, info, style);
  page.gap();
  page.command({"Run it again:  ", report::Tone::plain}, info.command);
  // The file holds the first one.
  const bool saved = &found == &result.counterexamples.front() && !info.replay_file.empty();
  if (saved) {
    page.command({"Replay it:     ", report::Tone::plain},
                 report::replay_command(info.replay_file));
  }
  return page.text();
}

}  // namespace crumbproof::formats
