#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/shell_command.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::cli {

namespace {

/// Builds and migrations included.
constexpr std::chrono::seconds kStartLimit{60};
constexpr std::chrono::seconds kBeforeEachLimit{60};

http::HttpOptions http_options(const AppSettings& settings,
                               const std::shared_ptr<http::RateLimit>& rate) {
  http::HttpOptions options;
  options.rate = rate;
  options.keeps_to_addresses = true;
  options.limits.timeout = settings.request_timeout;
  if (settings.reach.public_url) {
    options.route = http::Route{settings.sender.webhook, settings.reach.target};
  }
  options.tls.ca_file = settings.cacert;
  options.tls.verify = !settings.insecure;
  return options;
}

std::function<void()> before_each(const std::string& command, std::function<bool()> stop) {
  return [&command, stop = std::move(stop)] {
    if (stop && stop()) throw target::AppFailed("stopped before it was done");
    if (!command.empty()) run_shell_command("--before-each", command, kBeforeEachLimit);
  };
}

}  // namespace

AppUnderTest::AppUnderTest(const AppSettings& settings, std::function<bool()> stop_execution)
    : settings_(settings),
      rate_(settings.rate ? std::make_shared<http::RateLimit>(*settings.rate) : nullptr),
      target_(http_options(settings, rate_)),
      runner_(settings.sender, target_, twilio::Identities(settings.run_id),
              before_each(settings.before_each, std::move(stop_execution)), listen_for_messages()) {
}

std::unique_ptr<run::Runner> AppUnderTest::separate_runner() {
  return std::make_unique<run::Runner>(settings_.sender, target_,
                                       twilio::Identities(settings_.run_id + " apart"),
                                       before_execution(), outbox());
}

target::Outbox* AppUnderTest::listen_for_messages() {
  if (!settings_.api_port) return nullptr;
  const run::SenderSettings& sender = settings_.sender;
  messages_.emplace(api::Account{sender.account_sid, sender.auth_token, sender.to,
                                 sender.messaging_service, sender.assume},
                    twilio::Identities(settings_.run_id));
  server_.emplace(*messages_, *settings_.api_port);
  return &*messages_;
}

void AppUnderTest::start(const std::function<bool()>& stop) {
  if (!settings_.start.empty()) {
    std::map<std::string, std::string> variables;
    if (server_) variables["TWILIO_API_BASE_URL"] = server_->url();
    process_.emplace(settings_.start, settings_.reach.target, http::AppProcess::kGrace, variables);
  }
  // Not before: a process with threads must not fork.
  if (server_) server_->start();
  if (process_) process_->wait_until_it_answers(kStartLimit, stop);
}

std::unique_ptr<target::Target> AppUnderTest::another_target() const {
  return std::make_unique<http::HttpTarget>(http_options(settings_, rate_));
}

std::function<void()> AppUnderTest::before_execution() const {
  return before_each(settings_.before_each, {});
}

void AppUnderTest::employ() {
  std::vector<std::unique_ptr<target::Target>> targets;
  for (std::size_t n = 0; n < settings_.jobs; ++n) targets.push_back(another_target());
  runner_.employ(std::move(targets));
}

}  // namespace crumbproof::cli
