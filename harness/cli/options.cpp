#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/url_rules.hpp>
#include <crumbproof/cli/values.hpp>

#include <limits>
#include <utility>
#include <vector>

namespace crumbproof::cli {

namespace {

/// All values of a repeatable option.
template <class Parse>
std::optional<std::vector<std::string>> each(const Given& given, std::string_view name,
                                             Parse parse) {
  if (!given.has(name)) return std::nullopt;
  std::vector<std::string> result;
  for (const std::string& value : given.values(name)) {
    try {
      result.push_back(parse(value));
    } catch (const BadInput& error) {
      throw BadInput(fmt::format("{}: {}", name, error.what()));
    }
  }
  return result;
}

std::optional<std::vector<search::Script>> said(const Given& given) {
  const auto bodies = each(given, "--say", checked_body);
  if (!bodies) return std::nullopt;
  search::Script script{"--say", {}};
  Instant at;
  for (const std::string& body : *bodies) {
    script.messages.push_back({PairIndex(), body, at});
    at += search::kDefaultGap;
  }
  return std::vector{std::move(script)};
}

}  // namespace

Wishes command_line_wishes(const Given& given) {
  Wishes wishes;
  wishes.scripts = said(given);
  wishes.alphabet = each(given, "--alphabet", checked_body);
  wishes.max_messages = option(given, "--max-messages", whole(kMaxMessages));
  wishes.max_faults = option(given, "--max-faults", whole(kMaxFaults));
  wishes.overlap_tries = option(given, "--overlap-tries", whole(kOverlapTries));
  wishes.kinds = option(given, "--faults", faults::parse_list);
  wishes.properties = option(given, "--properties", properties::parse_list);
  wishes.strategy = option(given, "--strategy", parse_strategy);
  wishes.budget = option(given, "--budget", whole(kBudget));
  wishes.time_limit = option(given, "--time-limit", [](const std::string& text) {
    return parse_seconds(text, kTimeLimitSeconds);
  });
  wishes.ignore = each(given, "--ignore", checked_pattern);
  wishes.redact = each(given, "--redact", checked_cookie_pattern);
  wishes.probe = option(given, "--probe", [](const std::string& text) {
    return PlacedUrl{checked_probe(text), "--probe"};
  });
  wishes.before_each = option(given, "--before-each", checked_command);
  wishes.method = option(given, "--method", checked_method);
  wishes.channel = option(given, "--channel", parse_channel);
  wishes.country = option(given, "--country", checked_country);
  wishes.messaging_service = option(given, "--messaging-service", checked_service_sid);
  if (given.has("--advanced-opt-out")) wishes.advanced_opt_out = true;
  wishes.assume = option(given, "--assume", checked_assumptions);
  return wishes;
}

std::uint64_t seed_option(const Given& given) {
  constexpr Range kSeeds{0, std::numeric_limits<std::uint64_t>::max()};
  return option(given, "--seed", whole(kSeeds)).value_or(1);
}

std::size_t jobs_option(const Given& given) {
  constexpr Range kJobs{1, 1024};
  return static_cast<std::size_t>(option(given, "--jobs", whole(kJobs)).value_or(1));
}

}  // namespace crumbproof::cli
