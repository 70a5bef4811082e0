#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <hold.hpp>
#include <nlohmann/json.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using Json = nlohmann::ordered_json;
using cli::Wishes;

Json scenario_text(const std::string& text) {
  hold(twilio::valid_utf8(text) == text, "every text of a scenario is valid UTF-8");
  return text;
}

std::string millis(std::chrono::milliseconds time) { return std::to_string(time.count()) + "ms"; }

Json message_json(const Message& message, std::optional<Instant> before) {
  Json json{{"text", scenario_text(message.body)},
            {"pair", std::to_string(message.pair.value())},
            {"after", millis(message.at - before.value_or(Instant()))}};
  if (!message.media.empty()) json["media"] = message.media;
  for (const ExtraParameter& extra : message.extra) {
    json["parameters"][scenario_text(extra.name)] = scenario_text(extra.value);
  }
  return json;
}

Json script_json(const search::Script& script) {
  Json json{{"name", scenario_text(script.name)}, {"say", Json::array()}};
  std::optional<Instant> before;
  for (const Message& message : script.messages) {
    hold(!before || message.at >= *before, "messages are in the order of their times");
    json["say"].push_back(message_json(message, before));
    before = message.at;
  }
  const Origin& from = script.messages.front().from;
  if (script.own_channel) json["channel"] = to_string(from.channel);
  if (script.own_country) json["country"] = from.country;
  return json;
}

template <class Named>
Json names_json(const std::vector<const Named*>& named) {
  Json json = Json::array();
  for (const Named* one : named) json.push_back(one->name());
  return json;
}

Json webhook_json(const Wishes& wishes) {
  Json json = Json::object();
  if (wishes.method) json["method"] = *wishes.method;
  if (wishes.fallback) json["fallback"] = scenario_text(wishes.fallback->text);
  if (wishes.overrides) json["overrides"] = scenario_text(*wishes.overrides);
  if (wishes.messaging_service) json["messaging-service"] = *wishes.messaging_service;
  if (wishes.advanced_opt_out) json["opt-out"] = *wishes.advanced_opt_out ? "advanced" : "default";
  return json;
}

/// The bounds of a search, as texts.
void add_bounds(const Wishes& wishes, Json& json) {
  constexpr std::array kStrategies{"auto", "exhaustive", "random"};
  const auto add = [&](const char* key, const auto& number) {
    if (number) json[key] = std::to_string(*number);
  };
  add("max-messages", wishes.max_messages);
  add("max-faults", wishes.max_faults);
  add("overlap-tries", wishes.overlap_tries);
  add("budget", wishes.budget);
  if (wishes.strategy)
    json["strategy"] = kStrategies.at(static_cast<std::size_t>(*wishes.strategy));
  if (wishes.time_limit) {
    const auto time = wishes.time_limit->count();
    json["time-limit"] = fmt::format("{}.{:03}", time / 1000, time % 1000);
  }
}

/// The same as a scenario file, which JSON is too.
std::string scenario_of(const Wishes& wishes) {
  Json json = Json::object();
  add_bounds(wishes, json);
  if (wishes.scripts) {
    for (const search::Script& script : *wishes.scripts) {
      json["conversations"].push_back(script_json(script));
    }
  }
  if (wishes.alphabet) {
    for (const std::string& body : *wishes.alphabet)
      json["alphabet"].push_back(scenario_text(body));
  }
  if (wishes.kinds) json["faults"] = names_json(*wishes.kinds);
  if (wishes.properties) json["properties"] = names_json(*wishes.properties);
  if (wishes.ignore) {
    for (const std::string& pattern : *wishes.ignore) {
      json["ignore"].push_back(scenario_text(pattern));
    }
  }
  if (wishes.probe) json["probe"] = scenario_text(wishes.probe->text);
  if (wishes.before_each) json["before-each"] = scenario_text(*wishes.before_each);
  if (wishes.channel) json["channel"] = to_string(*wishes.channel);
  if (wishes.country) json["country"] = *wishes.country;
  if (wishes.assume) json["assume"] = {*wishes.assume};
  if (Json webhook = webhook_json(wishes); !webhook.empty()) json["webhook"] = std::move(webhook);
  return json.dump();
}

}  // namespace

void fuzz_scenario(std::string_view input) {
  const std::string text(input);
  const auto wishes = read_or_complain([&] { return cli::parse_scenario(text, "s.yaml"); });
  if (!wishes) return;
  const std::string written = scenario_of(*wishes);
  const Wishes again = cli::parse_scenario(written, "w.yaml");
  hold(scenario_of(again) == written, "a scenario that is written reads back the same");
  if (wishes->scripts) {
    for (std::size_t i = 0; i < wishes->scripts->size(); ++i) {
      hold(wishes->scripts->at(i).messages == again.scripts->at(i).messages,
           "messages that are written read back the same");
    }
  }
  read_or_complain([&] { return cli::check_settings(*wishes, 1, false); });
}

}  // namespace crumbproof::fuzz
