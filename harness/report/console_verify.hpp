#pragma once

#include <crumbproof/report/console.hpp>
#include <crumbproof/report/verification.hpp>
#include <crumbproof/search/recheck.hpp>

#include <string>

namespace crumbproof::report {

/// What rechecking a report came to: VERIFIED, NOT VERIFIED with what and where, or NO PROOF.
std::string console(const Verification& verification, const Style& style);
/// The same where schedules were run again on the app at `target`.
std::string console(const ProvenReport& report, const search::Recheck& recheck,
                    const std::string& target, const Style& style);

}  // namespace crumbproof::report
