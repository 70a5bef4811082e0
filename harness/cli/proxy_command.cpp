#include <crumbproof/cli/appended_file.hpp>
#include <crumbproof/cli/proxy_command.hpp>
#include <crumbproof/cli/proxy_options.hpp>
#include <crumbproof/proxy/recording.hpp>
#include <crumbproof/proxy/server.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Writing that may fail, as on a full disk, and then neither ends the stage nor is complained
/// about with each request.
class MayFail {
 public:
  explicit MayFail(std::ostream& complaints) : complaints_(complaints) {}

  /// Whether it was done.
  bool attempt(const std::function<void()>& writing) {
    try {
      writing();
      failing_ = false;
    } catch (const BadInput& error) {
      all_done_ = false;
      if (!failing_) complaints_ << "crumbproof: " << error.what() << '\n' << std::flush;
      failing_ = true;
    }
    return !failing_;
  }

  /// Whether nothing has failed so far.
  [[nodiscard]] bool all_done() const { return all_done_; }

 private:
  std::ostream& complaints_;
  bool all_done_ = true;
  bool failing_ = false;
};

/// The log as NDJSON. What is there already stays, since a stage is started more than once.
class ProxyLog {
 public:
  ProxyLog(const Environment& environment, const std::string& name)
      : secrets_(environment.secrets) {
    if (!name.empty()) file_.emplace(environment.folder, name);
  }

  void add(const proxy::Event& event) {
    if (file_) file_->add(secrets_->hidden(log_json(event)));
  }

 private:
  std::shared_ptr<const twilio::Secrets> secrets_;
  std::optional<AppendedFile> file_;
};

/// The conversations seen so far, and the file that they go to.
class ProxyRecorder {
 public:
  explicit ProxyRecorder(const ProxyOptions& options)
      : file_(options.record), recording_(anonymizer(options)) {}

  void add(const proxy::Incoming& incoming, milliseconds at) {
    if (file_) recording_.add(incoming, at);
  }

  /// Writes what is new, where the file can be written more than once.
  void write_so_far() {
    if (file_ && file_->can_be_replaced()) write();
  }

  void write() {
    if (!file_ || recording_.messages() == written_) return;
    file_->write(recording_.scenario());
    written_ = recording_.messages();
  }

  [[nodiscard]] std::string summary() const {
    if (!file_) return {};
    if (recording_.messages() == 0) {
      return fmt::format("no message came, so {} was not written\n", file_->shown());
    }
    std::string text = fmt::format(
        "{} of {} recorded; try them with: crumbproof check URL --scenario {}\n",
        report::count(recording_.messages(), "message", "messages"),
        report::count(recording_.conversations(), "conversation", "conversations"), file_->shown());
    if (recording_.left_out() > 0) {
      text += fmt::format("{} more found no room in it\n", recording_.left_out());
    }
    return text;
  }

 private:
  static std::optional<proxy::Anonymizer> anonymizer(const ProxyOptions& options) {
    if (!options.anonymize) return std::nullopt;
    std::random_device chance;
    constexpr unsigned kHalf = 32;
    return proxy::Anonymizer((std::uint64_t{chance()} << kHalf) | chance(), options.keep_words);
  }

  std::optional<OutputFile> file_;
  proxy::Recording recording_;
  std::size_t written_ = 0;
};

std::string shown_origin(const twilio::Url& url) {
  return fmt::format("{}://{}", url.scheme, url.host_header());
}

std::string proxy_beginning(const ProxyOptions& options, const proxy::Server& server) {
  const proxy::Settings& settings = options.settings;
  const std::string rates = settings.stage.rates.shown();
  std::string text = fmt::format("crumbproof: listening at {}, forwarding to {}; ",
                                 server.address(), shown_origin(settings.to));
  if (!settings.auth_token.empty()) {
    text += fmt::format("signing for {}; ", shown_origin(settings.app_url.value_or(settings.to)));
  }
  text += rates.empty() ? "no faults" : fmt::format("{}, seed {}", rates, settings.stage.seed);
  return text + '\n';
}

std::string proxy_summary(const proxy::Totals& totals) {
  std::string text =
      fmt::format("{} of {}, {}\n", report::count(totals.webhooks, "webhook", "webhooks"),
                  report::count(totals.pairs, "pair", "pairs"),
                  report::count(totals.others, "other request", "other requests"));
  for (std::size_t kind = 0; kind < proxy::kKinds; ++kind) {
    if (totals.struck.at(kind) == 0) continue;
    text += fmt::format("  {:<13}  {}\n", to_string(static_cast<proxy::Kind>(kind)),
                        totals.struck.at(kind));
  }
  if (totals.bad_signatures > 0) {
    text += fmt::format("{} without a right signature\n",
                        report::count(totals.bad_signatures, "webhook", "webhooks"));
  }
  return text;
}

/// Serves until the user wants an end, and then until what is under way is answered, or for so
/// long.
void serve_until_interrupted(proxy::Server& server, ProxyRecorder& recorder, MayFail& recording,
                             const Environment& environment) {
  constexpr milliseconds kTurn{100};
  constexpr milliseconds kLongestEnd{5'000};
  auto written_at = steady_clock::now();
  while (!environment.interrupted()) {
    server.run_for(kTurn);
    if (steady_clock::now() - written_at < environment.report_every) continue;
    written_at = steady_clock::now();
    recording.attempt([&] { recorder.write_so_far(); });
  }
  const auto end = steady_clock::now() + kLongestEnd;
  while (!server.finish() && steady_clock::now() < end) server.run_for(kTurn);
}

}  // namespace

ExitCode proxy_command(const Given& given, Environment& environment) {
  const ProxyOptions options = proxy_options(given, environment);
  ProxyLog log(environment, options.log);
  ProxyRecorder recorder(options);
  MayFail logging(environment.err);
  MayFail recording(environment.err);
  proxy::Hooks hooks;
  hooks.on_webhook = [&](const proxy::Incoming& incoming, milliseconds at) {
    recorder.add(incoming, at);
  };
  hooks.on_event = [&](const proxy::Event& event) {
    logging.attempt([&] { log.add(event); });
    if (!options.quiet && (options.verbose || event.is_touched())) {
      environment.err << log_line(event) << std::flush;
    }
  };
  proxy::Server server(options.settings, std::move(hooks));
  for (const std::string& warning : options.warnings) {
    environment.err << "crumbproof: warning: " << warning << '\n';
  }
  if (!options.quiet) environment.err << proxy_beginning(options, server) << std::flush;
  serve_until_interrupted(server, recorder, recording, environment);
  const bool recorded = recording.attempt([&] { recorder.write(); });
  environment.out << proxy_summary(server.totals())
                  << (recorded ? recorder.summary() : std::string()) << std::flush;
  return recorded && logging.all_done() ? ExitCode::pass : ExitCode::usage;
}

}  // namespace crumbproof::cli
