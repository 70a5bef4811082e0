#include <crumbproof/cli/wishes.hpp>
#include <crumbproof/sim/bad_input.hpp>

namespace crumbproof::cli {

namespace {

template <class Value>
std::optional<Value> over(const std::optional<Value>& first, const std::optional<Value>& second) {
  return first ? first : second;
}

/// Conversations that do not say where they come from are from where all are.
void set_origins(const Wishes& wishes, search::CheckSettings& settings) {
  settings.origin.channel = wishes.channel.value_or(settings.origin.channel);
  settings.origin.country = wishes.country.value_or(settings.origin.country);
  for (search::Script& script : settings.scripts) {
    for (Message& message : script.messages) {
      if (!script.own_channel) message.from.channel = settings.origin.channel;
      if (!script.own_country) message.from.country = settings.origin.country;
    }
  }
}

}  // namespace

Wishes over(const Wishes& first, const Wishes& second) {
  return {
      .scripts = over(first.scripts, second.scripts),
      .alphabet = over(first.alphabet, second.alphabet),
      .max_messages = over(first.max_messages, second.max_messages),
      .max_faults = over(first.max_faults, second.max_faults),
      .overlap_tries = over(first.overlap_tries, second.overlap_tries),
      .kinds = over(first.kinds, second.kinds),
      .properties = over(first.properties, second.properties),
      .strategy = over(first.strategy, second.strategy),
      .budget = over(first.budget, second.budget),
      .time_limit = over(first.time_limit, second.time_limit),
      .ignore = over(first.ignore, second.ignore),
      .redact = over(first.redact, second.redact),
      .probe = over(first.probe, second.probe),
      .before_each = over(first.before_each, second.before_each),
      .method = over(first.method, second.method),
      .fallback = over(first.fallback, second.fallback),
      .overrides = over(first.overrides, second.overrides),
      .channel = over(first.channel, second.channel),
      .country = over(first.country, second.country),
      .messaging_service = over(first.messaging_service, second.messaging_service),
      .advanced_opt_out = over(first.advanced_opt_out, second.advanced_opt_out),
      .assume = over(first.assume, second.assume),
  };
}

search::CheckSettings check_settings(const Wishes& wishes, std::uint64_t seed, bool keep_going) {
  search::CheckSettings settings;
  settings.scripts = wishes.scripts.value_or(settings.scripts);
  settings.alphabet = wishes.alphabet.value_or(settings.alphabet);
  if (settings.scripts.empty() && settings.alphabet.empty()) {
    throw BadInput(
        "nothing is said: give --say for each message of a conversation, --alphabet, or "
        "--scenario FILE (crumbproof init writes one)");
  }
  set_origins(wishes, settings);
  settings.max_messages = wishes.max_messages;
  settings.max_faults = wishes.max_faults.value_or(settings.max_faults);
  settings.overlap_tries = wishes.overlap_tries.value_or(settings.overlap_tries);
  settings.kinds = wishes.kinds.value_or(faults::default_kinds());
  settings.properties = wishes.properties.value_or(properties::default_properties());
  settings.strategy = wishes.strategy.value_or(settings.strategy);
  settings.budget = wishes.budget.value_or(settings.budget);
  settings.seed = seed;
  settings.ignore = wishes.ignore.value_or(settings.ignore);
  settings.keep_going = keep_going;
  return settings;
}

}  // namespace crumbproof::cli
