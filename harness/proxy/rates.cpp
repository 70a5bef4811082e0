#include <crumbproof/proxy/rates.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::proxy {

namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, kKinds> kNames{
    "missing",       "outage", "stale",   "partial", "lost-write", "late-write", "duplicate",
    "lost-response", "drop",   "reorder", "overlap", "foreign",    "forged",     "unsigned"};

/// Kinds of `check` that a proxy cannot make, and why.
constexpr std::array<std::array<std::string_view, 2>, 4> kElsewhere{{
    {"expire", "time is the sender's; missing does the same to the app"},
    {"shuffle", "it needs an app in simulated time"},
    {"repeat", "a text of its own needs a MessageSid of the sender's"},
    {"plain-http", "the request has come already"},
}};

std::optional<double> parse_rate(std::string_view text) {
  double rate = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, rate, std::chars_format::fixed);
  if (error != std::errc() || stopped != end || !(rate >= 0 && rate <= 1)) return std::nullopt;
  return rate;
}

std::size_t parse_kind(std::string_view name) {
  for (const auto& [kind, why] : kElsewhere) {
    if (name == kind) throw BadInput(fmt::format("a proxy cannot make {}: {}", kind, why));
  }
  const std::vector<std::string_view> known(kNames.begin(), kNames.end());
  const auto chosen = parse_name_list(name, {"fault", known});
  if (chosen.size() != 1) throw BadInput("name one fault at a time, as in --fault missing=0.05");
  return chosen.front();
}

}  // namespace

std::string_view to_string(Kind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

Rates Rates::parse(std::span<const std::string> texts) {
  Rates rates;
  std::array<bool, kKinds> given{};
  for (const std::string& text : texts) {
    const std::string_view all = text;
    const std::size_t equals = all.find('=');
    if (equals == std::string_view::npos) {
      throw BadInput(fmt::format("{:?} has no rate; write it like missing=0.05", all));
    }
    const std::size_t kind = parse_kind(all.substr(0, equals));
    const auto rate = parse_rate(all.substr(equals + 1));
    if (!rate) {
      throw BadInput(fmt::format("{}: {:?} is no rate, which is a number from 0 to 1, as in 0.05",
                                 kNames.at(kind), all.substr(equals + 1)));
    }
    if (std::exchange(given.at(kind), true)) {
      throw BadInput(fmt::format("{} is given twice", kNames.at(kind)));
    }
    rates.rates_.at(kind) = *rate;
  }
  return rates;
}

std::string Rates::shown() const {
  std::string text;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    if (rates_.at(kind) == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{}={}", kNames.at(kind), rates_.at(kind));
  }
  return text;
}

}  // namespace crumbproof::proxy
