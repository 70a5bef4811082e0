#include <crumbproof/rapidcheck/single_faults.hpp>
#include <crumbproof/run/settings.hpp>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace crumbproof::rapidcheck {

namespace {

using faults::FaultKind;

/// So many versions back, and so many deliveries late, is the most that is ever on offer where each
/// answer sets new cookies.
constexpr std::int64_t kMostVersions = 3;
constexpr std::int64_t kLatest = 3;
/// Up to so many cookies `partial` withholds every subset; of more, one or all but one.
constexpr std::size_t kAllSubsets = 4;

using Names = std::vector<std::string>;

/// The place of a fault's kind at one delivery: sent, delivered, read, written.
enum class Step : std::uint8_t { send, deliver, read, write };

Step step_of(const FaultKind& kind) {
  if (&kind == &faults::expire() || &kind == &faults::reorder()) return Step::send;
  if (&kind == &faults::lost_write() || &kind == &faults::late_write()) return Step::write;
  const bool of_cookies = &kind == &faults::missing() || &kind == &faults::outage() ||
                          &kind == &faults::stale() || &kind == &faults::partial() ||
                          &kind == &faults::foreign() || &kind == &faults::forged();
  return of_cookies ? Step::read : Step::deliver;
}

/// Subsets of the names that are not empty; `proper`: nor whole. Their names keep their order.
std::vector<Names> subsets(const Names& names, bool proper) {
  std::vector<Names> subsets;
  const auto add = [&](const auto& holds) {
    Names subset;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (holds(i)) subset.push_back(names[i]);
    }
    if (std::ranges::find(subsets, subset) == subsets.end()) subsets.push_back(std::move(subset));
  };
  if (names.size() <= kAllSubsets) {
    for (unsigned bits = 1; bits < (1U << names.size()); ++bits) {
      if (proper && bits + 1 == (1U << names.size())) continue;
      add([&](std::size_t i) { return ((bits >> i) & 1U) != 0; });
    }
    return subsets;
  }
  for (std::size_t one = 0; one < names.size(); ++one) {
    add([&](std::size_t i) { return i == one; });
    add([&](std::size_t i) { return i != one; });
  }
  if (!proper) add([](std::size_t) { return true; });
  return subsets;
}

std::vector<std::optional<Parameter>> numbered(std::string_view name, std::int64_t from,
                                               std::int64_t to) {
  std::vector<std::optional<Parameter>> parameters;
  for (std::int64_t n = from; n <= to; ++n)
    parameters.emplace_back(Parameter{std::string(name), n});
  return parameters;
}

std::vector<std::optional<Parameter>> named(std::string_view name, const std::vector<Names>& all) {
  std::vector<std::optional<Parameter>> parameters;
  for (const Names& names : all) parameters.emplace_back(Parameter{std::string(name), names});
  return parameters;
}

/// The parameters that a kind could have at the delivery; none if it cannot strike there.
std::vector<std::optional<Parameter>> parameters_of(const FaultKind& kind, const Options& options,
                                                    std::size_t messages, std::size_t place) {
  const auto earlier = static_cast<std::int64_t>(place) - 1;
  // There is no cookie to take before an answer has set one, nor one whose time could be up.
  if (step_of(kind) == Step::read && earlier == 0) return {};
  if (&kind == &faults::stale()) return numbered("k", 1, std::min(kMostVersions, earlier));
  if (&kind == &faults::late_write()) return numbered("d", 1, kLatest);
  if (&kind == &faults::partial()) return named("withheld", subsets(options.cookies, true));
  if (&kind == &faults::foreign()) return named("cookies", subsets(options.cookies, false));
  if (&kind == &faults::unsigned_request()) return named("signature", {{"wrong"}, {"none"}});
  if (&kind == &faults::overlap() && messages < 2) return {};
  std::vector<std::optional<Parameter>> parameters;
  if (&kind == &faults::forged()) {
    for (const char* how : {"flip", "cut", "revive"}) {
      for (const std::string& cookie : options.cookies) {
        parameters.emplace_back(Parameter{how, Names{cookie}});
      }
    }
    return parameters;
  }
  if (&kind == &faults::expire()) {
    if (earlier == 0) return {};
    for (const std::int64_t seconds : options.lifetimes) {
      parameters.emplace_back(Parameter{"seconds", seconds});
    }
    return parameters;
  }
  if (&kind == &faults::reorder()) {
    const std::int64_t most = std::min<std::int64_t>(
        {run::kMostOvertakers, static_cast<std::int64_t>(messages) - 1, earlier});
    if (most < 1) return {};
    parameters = numbered("by", 2, most);
    parameters.insert(parameters.begin(), std::nullopt);
    return parameters;
  }
  return {std::nullopt};
}

/// Of so many messages and faults at most: each fault before the last may bring one more.
std::size_t deliveries(const Options& options, std::size_t messages, std::size_t faults) {
  return messages * (1 + options.redirects) + std::max<std::size_t>(faults, 1) - 1;
}

/// When a fault takes effect. A message that is overtaken is held back when it is sent, before
/// those arrive that overtake it.
std::pair<std::int64_t, Step> moment(const Fault& fault) {
  const Step step = step_of(*faults::find(fault.kind));
  std::int64_t delivery = fault.delivery.value();
  if (fault.kind == faults::reorder().name()) {
    delivery -= std::max<std::int64_t>(1, fault.magnitude());
  }
  return {delivery, step};
}

bool mixes_requests(const Fault& fault) {
  return fault.kind == faults::reorder().name() || fault.kind == faults::overlap().name();
}

}  // namespace

std::vector<Fault> single_faults(const Options& options, std::size_t messages, std::size_t faults) {
  std::vector<Fault> all;
  for (const FaultKind* kind : faults::catalogue()) {
    if (std::ranges::find(options.kinds, kind) == options.kinds.end()) continue;
    for (std::size_t place = 1; place <= deliveries(options, messages, faults); ++place) {
      for (auto& parameter : parameters_of(*kind, options, messages, place)) {
        all.push_back({std::string(kind->name()), DeliveryNumber(static_cast<std::uint32_t>(place)),
                       std::move(parameter)});
      }
    }
  }
  return all;
}

bool is_possible(const Fault& fault, const Options& options, std::size_t messages,
                 std::size_t faults) {
  const FaultKind* kind = faults::find(fault.kind);
  const std::size_t place = fault.delivery.index();
  if (std::ranges::find(options.kinds, kind) == options.kinds.end()) return false;
  if (place == 0 || place > deliveries(options, messages, faults)) return false;
  const auto parameters = parameters_of(*kind, options, messages, place);
  return std::ranges::find(parameters, fault.parameter) != parameters.end();
}

bool take_effect_before(const Fault& fault, const Fault& other) {
  return moment(fault) < moment(other);
}

bool can_strike_in_turn(std::span<const Fault> faults, bool in_flight_together) {
  const bool any_order = in_flight_together || std::ranges::any_of(faults, mixes_requests);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    for (std::size_t j = i + 1; j < faults.size(); ++j) {
      const bool in_turn =
          any_order ? faults[i] != faults[j] : take_effect_before(faults[i], faults[j]);
      if (!in_turn) return false;
    }
  }
  return true;
}

}  // namespace crumbproof::rapidcheck
