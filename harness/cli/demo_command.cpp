#include <crumbproof/cli/check_reports.hpp>
#include <crumbproof/cli/demo_apps.hpp>
#include <crumbproof/cli/demo_command.hpp>
#include <crumbproof/cli/text_style.hpp>
#include <crumbproof/cli/watch.hpp>
#include <crumbproof/cli/wishes.hpp>
#include <crumbproof/html/html_report.hpp>
#include <crumbproof/report/console.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/check.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

search::CheckSettings demo_settings() {
  search::Script script{"order a pizza", {}};
  Instant at;
  for (const char* const body : {"order", "large", "yes"}) {
    script.messages.push_back({PairIndex(), body, at});
    at += search::kDefaultGap;
  }
  Wishes wishes;
  wishes.scripts = {std::move(script)};
  return check_settings(wishes, 1, false);
}

/// Checks one of the apps, prints the report and writes it to `html` if that is given, returns the
/// verdict.
search::Verdict show(std::string_view title, std::string_view host,
                     const target::HandlerFactory& app, const Given& given,
                     Environment& environment, const std::optional<OutputFile>& html = {}) {
  const search::CheckSettings settings = demo_settings();
  run::SenderSettings sender;
  sender.webhook = twilio::Url::parse(fmt::format("http://{}/sms", host));
  report::RunInfo info;
  info.version = report::version();
  info.seed = settings.seed;
  info.run_id = "demo";
  info.target = sender.webhook.without_user_and_fragment();
  info.command = "crumbproof demo";

  target::HandlerTarget target(app);
  run::Runner runner(sender, target, twilio::Identities(info.run_id));
  WatchSettings watch_settings;
  watch_settings.interrupted = environment.interrupted;
  Watch watch(environment.err, watch_settings);
  const search::CheckResult result = search::check(settings, runner, watch);
  info.seconds = watch.elapsed().count();
  environment.out << title << "\n\n"
                  << report::console(result, info, text_style(given, environment, Stream::out))
                  << '\n'
                  << std::flush;
  if (html) html->write(html::html_report(result, info));
  return result.verdict;
}

}  // namespace

ExitCode demo_command(const Given& given, Environment& environment) {
  const auto html = html_file(given, environment);
  const auto fragile = show("== A fragile app: it finds the conversation by a cookie",
                            "fragile.demo", fragile_demo_app(), given, environment, html);
  const auto sound = show("== A sound app: it finds the conversation by (From, To)", "sound.demo",
                          sound_demo_app(), given, environment);
  environment.out << "== Next: your own app, while it runs\n\n"
                     "  crumbproof check http://127.0.0.1:3000/sms --say order --say large "
                     "--say yes\n"
                  << std::flush;
  const bool as_expected = fragile == search::Verdict::fail && sound == search::Verdict::pass;
  return as_expected ? ExitCode::pass : ExitCode::fail;
}

}  // namespace crumbproof::cli
