#pragma once

#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::search {

inline Script script(std::initializer_list<std::string> bodies, Duration gap = kDefaultGap) {
  Script script;
  Instant at;
  for (const std::string& body : bodies) {
    script.messages.push_back({PairIndex(0), body, at});
    at += gap;
  }
  return script;
}

/// Two faults over "order", "2 large", "yes", with everything that is on by default.
inline CheckSettings pizza() {
  CheckSettings settings;
  settings.scripts = {script({"order", "2 large", "yes"})};
  settings.kinds = faults::default_kinds();
  settings.properties = properties::default_properties();
  return settings;
}

inline run::SenderSettings sender() {
  run::SenderSettings settings;
  settings.webhook = twilio::Url::parse("http://127.0.0.1/sms");
  return settings;
}

inline CheckResult check_app(target::HandlerFactory app, const CheckSettings& settings = pizza(),
                             const run::SenderSettings& sending = sender(),
                             const std::string& run_id = "test") {
  target::HandlerTarget target(std::move(app));
  run::Runner runner(sending, target, twilio::Identities(run_id));
  Observer observer;
  return check(settings, runner, observer);
}

}  // namespace crumbproof::search
