#include <crumbproof/report/console.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/suite/check.hpp>
#include <crumbproof/suite/described.hpp>

#include <chrono>

namespace crumbproof {

Report check(const App& app, const Scenario& scenario) {
  run::SenderSettings sender = scenario.sender();
  sender.webhook = twilio::Url::parse(app.url());
  const auto target = app.make();
  Report report;
  report.run_id = suite::run_id_for(app);
  run::Runner runner(sender, *target, twilio::Identities(report.run_id));
  search::Observer observer;
  const auto start = std::chrono::steady_clock::now();
  report.result = search::check(scenario.search(), runner, observer);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  report.text = suite::described(report.result, {app, scenario, report.run_id, took.count()});
  return report;
}

}  // namespace crumbproof
