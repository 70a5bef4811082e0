#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/text_style.hpp>
#include <crumbproof/cli/verify_command.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/report/console_verify.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace crumbproof::cli {

namespace {

constexpr const char* kUrl = "--url";

ExitCode code_of(report::VerifyStatus status) {
  switch (status) {
    case report::VerifyStatus::verified:
      return ExitCode::pass;
    case report::VerifyStatus::not_verified:
      return ExitCode::fail;
    case report::VerifyStatus::no_proof:
      return ExitCode::inconclusive;
  }
  return ExitCode::defect;
}

/// Without the app, what is said of it would be passed over in silence.
void check_options(const Given& given) {
  constexpr std::array<std::string_view, 3> kOfText{"--quiet", "--verbose", "--no-color"};
  if (given.has(kUrl)) return;
  for (const auto& [name, values] : given.options) {
    if (std::ranges::find(kOfText, name) != kOfText.end()) continue;
    throw BadInput(fmt::format("{}: nothing is run without {} URL", name, kUrl));
  }
}

search::RecheckSettings recheck_settings(const Given& given, const report::ProvenReport& report) {
  constexpr Range kSample{1, 1'000'000'000};
  search::RecheckSettings settings;
  if (const auto sample = option(given, "--sample", whole(kSample))) settings.sample = *sample;
  settings.seed = seed_option(given);
  settings.replies_vary = report.replies_vary;
  return settings;
}

std::string origin_of(const twilio::Url& url) {
  return fmt::format("{}://{}", url.scheme, url.host_header());
}

/// Where the app believed to be then, and where now: `webhook`.
search::Origins origins_of(const report::ProvenReport& report, const twilio::Url& webhook) {
  const auto public_url = report.options.find("public-url");
  const twilio::Url then =
      twilio::Url::parse(public_url == report.options.end() ? report.target : public_url->second);
  if (then.request_target() != webhook.request_target()) {
    throw BadInput(fmt::format(
        "{}: its path is {}, that of the app in the report is {}; they have to be the same", kUrl,
        webhook.request_target(), then.request_target()));
  }
  return {origin_of(then), origin_of(webhook)};
}

/// Runs some of the schedules again, and tells.
ExitCode run_again(report::ProvenReport& report, const std::string& path, const Given& given,
                   Environment& environment) {
  Given effective = given;
  search::RecheckSettings settings = recheck_settings(effective, report);
  report.options.erase("start");
  const Wishes recorded = add_recorded(report.options, path, environment, effective);
  const Wishes wishes = over(command_line_wishes(effective), recorded);
  const AppSettings app = app_settings(effective, wishes, *effective.value(kUrl), environment);
  settings.origins = origins_of(report, app.sender.webhook);
  if (app.reach.is_remote()) {
    for (const std::string& name : report.proof.searched.kinds) {
      const faults::FaultKind* const kind = faults::find(name);
      if (kind == nullptr || !faults::is_attack(*kind)) continue;
      throw BadInput(no_attack(path, name, app.reach.target.host));
    }
  }
  AppUnderTest app_under_test(app, environment.interrupted);
  for (const std::string& warning : app.warnings) {
    environment.err << "crumbproof: warning: " << warning << '\n' << std::flush;
  }
  try {
    app_under_test.start(environment.interrupted);
    const search::Recheck recheck =
        search::recheck(report.proof, app_under_test.runner(), settings);
    environment.out << report::console(report, recheck, shown_target(app),
                                       text_style(effective, environment, Stream::out))
                    << std::flush;
    if (!recheck.differences.empty()) return ExitCode::fail;
    return recheck.unstable ? ExitCode::inconclusive : ExitCode::pass;
  } catch (const target::AppFailed& failure) {
    throw target::AppFailed(without_token(failure.what(), app.sender.auth_token));
  }
}

}  // namespace

ExitCode verify_command(const Given& given, Environment& environment) {
  check_options(given);
  const std::string& path = given.arguments.front();
  report::Verification verification =
      report::verify_report(read_file(environment.folder / path, path, kMostReportBytes), path);
  if (verification.proven && given.has(kUrl)) {
    return run_again(*verification.proven, path, given, environment);
  }
  environment.out << report::console(verification, text_style(given, environment, Stream::out))
                  << std::flush;
  return code_of(verification.status);
}

}  // namespace crumbproof::cli
