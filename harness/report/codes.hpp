#pragma once

#include <crumbproof/search/result.hpp>
#include <crumbproof/twilio/error_codes.hpp>

#include <vector>

namespace crumbproof::report {

/// Twilio's codes that the result speaks of, in its warnings, its reason and its counterexamples,
/// each once and in order of their numbers.
std::vector<const twilio::ErrorCode*> codes_in(const search::CheckResult& result);

}  // namespace crumbproof::report
