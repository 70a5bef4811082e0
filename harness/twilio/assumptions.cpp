#include <crumbproof/sim/names.hpp>
#include <crumbproof/twilio/assumptions.hpp>

#include <array>

namespace crumbproof::twilio {

namespace {

constexpr std::array kNames{
    AssumptionName{"one-cookie",
                   "a pair has one cookie only, the last one set (default: many, as in RFC 6265)",
                   &Assumptions::one_cookie},
    AssumptionName{"sliding-lifetime",
                   "each webhook of a pair renews its cookies for 4 h (default: 4 h from when a "
                   "cookie was set)",
                   &Assumptions::sliding_lifetime},
    AssumptionName{"any-path",
                   "a cookie's Path is ignored: it goes to every URL of the host (default: RFC "
                   "6265)",
                   &Assumptions::any_path},
    AssumptionName{"lenient-set-cookie",
                   "a malformed Set-Cookie is ignored (default: it fails the whole answer, 11206)",
                   &Assumptions::lenient_set_cookie},
    AssumptionName{"fresh-retry-cookies",
                   "a retry carries the cookies of its own moment (default: those of the first "
                   "attempt)",
                   &Assumptions::fresh_retry_cookies},
    AssumptionName{"no-mms-cookies",
                   "a message with media carries no cookies and sets none (default: as an SMS)",
                   &Assumptions::no_mms_cookies},
    AssumptionName{"new-retry-token",
                   "each retry has an idempotency token of its own (default: that of the first "
                   "attempt)",
                   &Assumptions::new_retry_token},
    AssumptionName{"redirect-parameters",
                   "the GET after a 301, 302 or 303 has the webhook's parameters in its query "
                   "(default: the Location as it stands)",
                   &Assumptions::redirect_parameters},
    AssumptionName{"coarse-error-codes",
                   "the fallback hears of a status 4xx or 5xx as 11200 (default: 11217)",
                   &Assumptions::coarse_error_codes},
    AssumptionName{"action-is-callback",
                   "the action of a <Message> is a status callback (default: its TwiML comes next)",
                   &Assumptions::action_is_callback},
    AssumptionName{"empty-answer-fails",
                   "an empty answer with status 200 fails as 11200 (default: it is no reply, with "
                   "a warning)",
                   &Assumptions::empty_answer_fails},
    AssumptionName{"form-charset",
                   "the Content-Type of a form ends in \"; charset=UTF-8\" (default: it does not)",
                   &Assumptions::form_charset},
    AssumptionName{"trial-account",
                   "the account is on trial: only the sender's number is verified (default: any "
                   "number can be written to)",
                   &Assumptions::trial_account},
};

}  // namespace

std::span<const AssumptionName> assumption_names() { return kNames; }

Assumptions parse_assumptions(std::string_view list) {
  KnownNames names{"assumption", {}};
  for (const AssumptionName& known : kNames) names.known.push_back(known.name);
  Assumptions assumptions;
  for (const std::size_t chosen : parse_name_list(list, names)) {
    assumptions.*kNames.at(chosen).member = true;
  }
  return assumptions;
}

}  // namespace crumbproof::twilio
