#pragma once

#include <span>
#include <string_view>

namespace crumbproof::twilio {

/// What Twilio does where its pages are silent or contradict each other. Each default is what an
/// app may at best rely on; setting a member asks for the alternative. docs/reference.md says what
/// is known of each.
struct Assumptions {
  bool one_cookie = false;
  bool sliding_lifetime = false;
  bool any_path = false;
  bool lenient_set_cookie = false;
  bool fresh_retry_cookies = false;
  bool no_mms_cookies = false;
  bool new_retry_token = false;
  bool redirect_parameters = false;
  bool coarse_error_codes = false;
  bool action_is_callback = false;
  bool empty_answer_fails = false;
  bool form_charset = false;
  bool trial_account = false;

  friend bool operator==(const Assumptions&, const Assumptions&) = default;
};

/// An alternative that can be asked for.
struct AssumptionName {
  std::string_view name;     ///< in `--assume`
  std::string_view summary;  ///< what it assumes, and in its place by default
  bool Assumptions::*member;
};

/// All of them, cookies first.
std::span<const AssumptionName> assumption_names();

/// Reads a comma-separated list of names. Throws BadInput for an empty list and for a name that is
/// not known, with the nearest one.
Assumptions parse_assumptions(std::string_view list);

}  // namespace crumbproof::twilio
