#pragma once

#include <span>
#include <string_view>

namespace crumbproof::twilio {

/// What Twilio does where its pages are silent or contradict each other. Each default is what an
/// app may at best rely on; setting a member asks for the alternative. docs/reference.md says what
/// is known of each.
struct Assumptions {
  bool one_cookie = false;           ///< a pair has one cookie only, the last one set
  bool sliding_lifetime = false;     ///< each webhook of a pair renews its cookies for 4 h
  bool any_path = false;             ///< a cookie's Path is ignored
  bool lenient_set_cookie = false;   ///< a malformed Set-Cookie is ignored
  bool fresh_retry_cookies = false;  ///< a retry carries the cookies of its own moment
  bool no_mms_cookies = false;       ///< a message with media carries no cookies and sets none
  bool new_retry_token = false;      ///< each retry has an idempotency token of its own
  bool redirect_parameters = false;  ///< a GET after a redirect repeats the parameters
  bool coarse_error_codes = false;   ///< the fallback hears of 4xx and 5xx as 11200
  bool action_is_callback = false;   ///< a message's action is a status callback
  bool empty_answer_fails = false;   ///< an empty answer with status 200 fails
  bool form_charset = false;         ///< a form's Content-Type names UTF-8
  bool trial_account = false;        ///< only the sender's number can be written to

  friend bool operator==(const Assumptions&, const Assumptions&) = default;
};

/// An alternative that can be asked for.
struct AssumptionName {
  std::string_view name;      ///< in `--assume`
  std::string_view summary;   ///< what it assumes, and in its place by default
  bool Assumptions::*member;  ///< what it sets
};

/// All of them, cookies first.
std::span<const AssumptionName> assumption_names();

/// Reads a comma-separated list of names. Throws BadInput for an empty list and for a name that is
/// not known, with the nearest one.
Assumptions parse_assumptions(std::string_view list);

}  // namespace crumbproof::twilio
