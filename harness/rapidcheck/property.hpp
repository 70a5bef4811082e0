#pragma once

#include <chrono>
#include <functional>
#include <ostream>
#include <string>
#include <utility>

#include <rapidcheck.h>

namespace crumbproof::rapidcheck {

/// How a property is checked, beside RapidCheck's own parameters (RC_PARAMS).
struct PropertySettings {
  /// Real time for making a failing case smaller. 0 or less: none at all.
  std::chrono::milliseconds shrink_limit{30'000};
  /// What the first failing case is shown on; null: on stderr.
  std::ostream* first_case = nullptr;
  /// Tells the time for shrink_limit.
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

/// What came of a property.
struct PropertyOutcome {
  bool holds = false;    ///< in all cases that were drawn
  bool skipped = false;  ///< RC_PARAMS asks for another property
  std::string headline;  ///< on one line

  /// What RapidCheck says, with the minimal case and what reproduces it; of a property that holds
  /// the distribution of its tags, or nothing.
  std::string text;
};

/// What a test of a framework is, for RC_PARAMS: `id` must be the same each time.
struct PropertyName {
  std::string id;           ///< among the properties of a program
  std::string description;  ///< in words, for the report
};

/// Checks a property of RapidCheck's with the parameters of RC_PARAMS. The first failing case is
/// shown before it is made smaller, which may take time.
PropertyOutcome check_property(const rc::detail::Property& property, const PropertyName& name,
                               const PropertySettings& settings);

/// The same for a callable, as rc::check takes it.
template <class Testable>
PropertyOutcome check_testable(Testable&& testable, const PropertyName& name,
                               const PropertySettings& settings) {
  return check_property(rc::detail::toProperty(std::forward<Testable>(testable)), name, settings);
}

}  // namespace crumbproof::rapidcheck
