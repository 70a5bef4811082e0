#pragma once

#include <span>
#include <string_view>

namespace crumbproof::fuzz {

/// A parser of what others wrote, and what has to hold of it whatever that is.
struct Target {
  std::string_view name;   ///< also of its corpus
  std::string_view holds;  ///< in words, for docs/fuzzing.md
  /// Tries one input. Where something does not hold, or something is thrown, the process ends.
  void (*run)(std::string_view input);
};

/// All of them.
std::span<const Target> targets();
/// The one of that name; null if there is none.
const Target* find_target(std::string_view name);

///@{
/// One each, in files of their names.
void fuzz_cookie_date(std::string_view input);
void fuzz_cookie_store(std::string_view input);
void fuzz_form(std::string_view input);
void fuzz_http_answer(std::string_view input);
void fuzz_http_auth(std::string_view input);
void fuzz_kept_failure(std::string_view input);
void fuzz_merge(std::string_view input);
void fuzz_overrides(std::string_view input);
void fuzz_phone_desk(std::string_view input);
void fuzz_proxy_framing(std::string_view input);
void fuzz_proxy_head(std::string_view input);
void fuzz_replay(std::string_view input);
void fuzz_resume(std::string_view input);
void fuzz_retry_after(std::string_view input);
void fuzz_scenario(std::string_view input);
void fuzz_secrets(std::string_view input);
void fuzz_set_cookie(std::string_view input);
void fuzz_signature(std::string_view input);
void fuzz_twiml(std::string_view input);
void fuzz_url(std::string_view input);
void fuzz_verify(std::string_view input);
void fuzz_webhook(std::string_view input);
///@}

}  // namespace crumbproof::fuzz
