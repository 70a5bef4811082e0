#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/shell_command.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <chrono>
#include <utility>

namespace crumbproof::cli {

namespace {

/// Builds and migrations included.
constexpr std::chrono::seconds kStartLimit{60};
constexpr std::chrono::seconds kBeforeEachLimit{60};

target::HttpOptions http_options(const AppSettings& settings) {
  target::HttpOptions options;
  options.limits.timeout = settings.request_timeout;
  if (settings.reach.public_url) {
    options.route = target::Route{settings.sender.webhook, settings.reach.target};
  }
  options.tls.ca_file = settings.cacert;
  options.tls.verify = !settings.insecure;
  return options;
}

std::function<void()> before_execution(const std::string& command, std::function<bool()> stop) {
  return [&command, stop = std::move(stop)] {
    if (stop && stop()) throw target::AppFailed("stopped before it was done");
    if (!command.empty()) run_shell_command("--before-each", command, kBeforeEachLimit);
  };
}

}  // namespace

AppUnderTest::AppUnderTest(const AppSettings& settings, std::function<bool()> stop_execution)
    : settings_(settings),
      target_(http_options(settings)),
      runner_(settings.sender, target_, twilio::Identities(settings.run_id),
              before_execution(settings.before_each, std::move(stop_execution))) {}

void AppUnderTest::start(const std::function<bool()>& stop) {
  if (settings_.start.empty()) return;
  process_.emplace(settings_.start, settings_.reach.target);
  process_->wait_until_it_answers(kStartLimit, stop);
}

}  // namespace crumbproof::cli
