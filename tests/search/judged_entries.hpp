#pragma once

#include <crumbproof/http/http_target.hpp>

#include <string>

#include "../serving/app_server.hpp"
#include "../zoo/registry.hpp"
#include "judged_apps.hpp"

namespace crumbproof::search {

inline CheckSettings settings_of(const zoo::Entry& entry) {
  CheckSettings settings = pizza();
  settings.scripts = {Script()};
  Instant at;
  for (std::size_t i = 0; i < entry.say.size(); ++i) {
    if (i > 0) at += i <= entry.gaps.size() ? Duration(entry.gaps[i - 1]) : kDefaultGap;
    settings.scripts.front().messages.push_back({PairIndex(0), entry.say[i], at});
  }
  if (!entry.properties.empty()) {
    settings.properties = properties::parse_list(entry.properties);
  }
  if (entry.faults) {
    settings.kinds = entry.faults->empty() ? faults::Kinds() : faults::parse_list(*entry.faults);
  }
  return settings;
}

/// Who signs what it sends.
inline run::SenderSettings sender_to(const std::string& url) {
  run::SenderSettings settings = sender();
  settings.webhook = twilio::Url::parse(url);
  settings.auth_token = zoo::kToken;
  settings.plain_http = true;
  return settings;
}

inline CheckResult check_entry(const zoo::Entry& entry) {
  return check_app(entry.app, settings_of(entry), sender_to(entry.url));
}

/// The same with the app behind a server, where it lives as long as the whole check.
inline CheckResult check_over_http(const zoo::Entry& entry) {
  const AppServer server(entry.app);
  const run::SenderSettings sending = sender_to(server.url());
  http::HttpTarget target;
  run::Runner runner(sending, target, twilio::Identities("http"));
  Observer observer;
  return check(settings_of(entry), runner, observer);
}

/// In the words of a label; what makes a finding worth less is told too.
inline std::string found_in(const CheckResult& result) {
  if (result.verdict == Verdict::pass && result.counterexamples.empty()) return zoo::kSound;
  if (result.counterexamples.empty()) {
    return std::string(to_string(result.verdict)) + ": " + result.reason;
  }
  const Counterexample& found = result.counterexamples.front();
  std::string text = found.property + ": " + to_string(found.schedule);
  if (!found.certified) text += " (not certified)";
  if (found.confirmed != found.tries) text += " (not always)";
  return text;
}

/// How an entry is named where it is told of.
inline std::string title(const zoo::Entry& entry) {
  return entry.name + " (" + entry.shape + "): ";
}

}  // namespace crumbproof::search
