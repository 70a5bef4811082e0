#pragma once

#include <crumbproof/properties/difference.hpp>
#include <crumbproof/properties/masks.hpp>
#include <crumbproof/properties/property.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/sim/trace.hpp>

#include <string>
#include <vector>

namespace crumbproof::properties {

/// What of an outcome is visible, as in `"Confirmed: 2 large"`, `no reply` or
/// `no reply (11200: status 500)`.
std::string describe(const Outcome& outcome);

/// What the app has sent through the API, as in `through the API: "shipped" to {From}`.
std::string describe_sent(const ReplyMessage& message);

/// All that is visible of how a message was answered: its outcome, and what went through the API.
std::string describe(const Trace& trace, const Outcome& outcome);

/// Whether two executions that saw the same requests show the same.
bool look_alike(const Trace& one, const Trace& other, const Masks& masks);

/// A faulted execution held against its fresh twin.
struct Comparison {
  /// Whether the app got the same messages in the same order in both. Not so when a fault lost or
  /// doubled a delivery that the twin does not have, such as a redirect that only the faulted run
  /// took, or when such a redirect came between other messages. Nothing is blamed on cookies then.
  bool comparable = true;
  std::vector<Difference> differences;  ///< in the order in which they showed; the probe last
  std::vector<Difference> accepted;     ///< requests that Twilio had not signed, and no 4xx
};

Comparison compare(const run::Executed& faulted, const run::Executed& twin, const Masks& masks);

/// In what the fresh twin of a disturbed execution differs from the undisturbed one, message by
/// message; what a duplicate is answered does not count, nor a reply that was lost on its way.
std::vector<Difference> disturbance(const run::Executed& twin, const run::Executed& undisturbed,
                                    const Masks& masks);

/// Whether the execution's faults are such as disturbance() can judge.
bool is_disturbed(const run::Executed& faulted);

/// What a faulted execution can speak for. An execution without a cookie fault speaks by what its
/// deliveries carried: cookies run out and races happen without a fault of ours.
Evidence evidence_of(const run::Executed& faulted, const Comparison& comparison);

}  // namespace crumbproof::properties
