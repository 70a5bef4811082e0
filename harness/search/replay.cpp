#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/search/confirm.hpp>
#include <crumbproof/search/judge.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

std::optional<std::string> broken_without_fault(const Trace& twin, const Trace& recorded_twin) {
  for (std::size_t i = 0; i < twin.outcomes.size(); ++i) {
    const Outcome& outcome = twin.outcomes[i];
    const bool was_sound =
        i < recorded_twin.outcomes.size() && recorded_twin.outcomes[i].error_code == 0;
    if (outcome.error_code != 0 && was_sound) {
      return fmt::format("the app is broken with every cookie there: message {} got {}",
                         outcome.message.value() + 1, properties::describe(outcome));
    }
  }
  return std::nullopt;
}

/// Outcomes by the delivery that decided them.
std::vector<StepChange> changes(const Trace& then, const Trace& now,
                                const properties::Masks& masks) {
  std::vector<StepChange> changes;
  for (std::size_t i = 0; i < std::max(then.outcomes.size(), now.outcomes.size()); ++i) {
    const auto told = [i](const Trace& trace) {
      return i < trace.outcomes.size() ? properties::describe(trace.outcomes[i])
                                       : std::string("nothing");
    };
    if (masks.apply(told(then)) == masks.apply(told(now))) continue;
    const Trace& known = i < now.outcomes.size() ? now : then;
    changes.push_back({known.outcomes[i].last, told(then), told(now)});
  }
  std::ranges::sort(changes, {}, &StepChange::delivery);
  return changes;
}

}  // namespace

std::string_view to_string(ReplayStatus status) {
  switch (status) {
    case ReplayStatus::failed:
      return "FAILED";
    case ReplayStatus::fixed:
      return "FIXED";
    case ReplayStatus::error:
      return "ERROR";
  }
  return "ERROR";
}

ReplayResult replay(const Recorded& recorded, run::Runner& runner) {
  const properties::Property* property = properties::find(recorded.property);
  if (property == nullptr) {
    throw BadInput(fmt::format("there is no property \"{}\"", recorded.property));
  }
  for (const Fault& fault : recorded.schedule.faults) {
    if (faults::find(fault.kind) == nullptr) {
      throw BadInput(fmt::format("there is no fault \"{}\"", fault.kind));
    }
  }

  ReplayResult result;
  result.schedule = recorded.schedule;
  result.status = ReplayStatus::error;
  try {
    Judge judge(runner, faults::catalogue(), {property}, recorded.ignore, 1);
    const bool on_timing = depends_on_timing(recorded.schedule.faults, runner);
    const Confirmation confirmation = (on_timing ? repeat_until_failure : confirm)(
        judge, recorded.schedule.messages, recorded.schedule.faults, *property);
    const Judged& last = *confirmation.last;
    result.actual = last.actual(*property);
    result.expected = last.expected(*property);
    result.failed = confirmation.failed;
    result.tries = confirmation.tries;
    result.changes = changes(recorded.actual, result.actual, judge.masks());
    if (judge.unstable()) {
      result.reason = *judge.unstable();
    } else if (auto broken = broken_without_fault(result.expected, recorded.expected)) {
      result.reason = *broken;
    } else if (confirmation.separates || (on_timing && confirmation.failed > 0)) {
      result.status = ReplayStatus::failed;
      result.difference = *property->broken(last.evidence());
      result.reason =
          on_timing ? fmt::format("it still breaks {}, at try {}; this depends on the app's timing",
                                  property->name(), confirmation.tries)
                    : fmt::format("it still breaks {}, in {} of {} repetitions", property->name(),
                                  confirmation.failed, confirmation.tries);
    } else if (confirmation.failed == 0) {
      result.status = ReplayStatus::fixed;
      result.reason = on_timing ? fmt::format("it did not break {} in {} tries", property->name(),
                                              confirmation.tries)
                                : fmt::format("it does not break {} any more", property->name());
    } else {
      result.reason =
          fmt::format("it breaks {} in {} of {} repetitions only, so the app varies by itself",
                      property->name(), confirmation.failed, confirmation.tries);
    }
  } catch (const target::AppFailed& failure) {
    result.reason = failure.what();
  }
  return result;
}

}  // namespace crumbproof::search
