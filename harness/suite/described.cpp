#include <crumbproof/report/console.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/suite/described.hpp>
#include <crumbproof/suite/examiner.hpp>

#include <random>

#include <fmt/format.h>

namespace crumbproof::suite {

std::string drawn_run_id() {
  std::random_device device;
  return fmt::format("{:08x}", device());
}

std::string run_id_for(const App& app) {
  if (app.memory() == App::Memory::of_target) return "suite";
  return drawn_run_id();
}

std::string described(const search::CheckResult& result, const RunFacts& run) {
  report::RunInfo info;
  info.version = report::version();
  info.seed = run.scenario.search().seed;
  info.run_id = run.run_id;
  info.target = twilio::Url::parse(run.app.url()).without_user_and_fragment();
  info.seconds = run.seconds;
  std::string text = report::console(result, info, report::Style{});
  for (const search::Counterexample& found : result.counterexamples) {
    text += fmt::format("Keep it:       examiner.examine(schedule_from_line(R\"json({})json\"))\n",
                        to_line(found.schedule));
  }
  return text;
}

}  // namespace crumbproof::suite
