#include <crumbproof/report/console.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/suite/described.hpp>
#include <crumbproof/suite/examiner.hpp>

#include <fmt/format.h>

namespace crumbproof::suite {

std::string described(const search::CheckResult& result, const App& app, const Scenario& scenario,
                      double seconds) {
  report::RunInfo info;
  info.version = report::version();
  info.seed = scenario.search().seed;
  info.run_id = kRunId;
  info.target = twilio::Url::parse(app.url()).without_user_and_fragment();
  info.seconds = seconds;
  std::string text = report::console(result, info, report::Style{});
  for (const search::Counterexample& found : result.counterexamples) {
    text += fmt::format("Keep it:       examiner.examine(schedule_from_line(R\"json({})json\"))\n",
                        to_line(found.schedule));
  }
  return text;
}

}  // namespace crumbproof::suite
