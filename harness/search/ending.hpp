#pragma once

#include <crumbproof/search/findings.hpp>
#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/result.hpp>

#include <string>
#include <vector>

namespace crumbproof::search {

/// How a search has come to its end.
struct Ending {
  Verdict verdict = Verdict::pass;    ///< of the check as a whole
  std::string reason;                 ///< for error and inconclusive
  bool unfinished = false;            ///< CheckResult::unfinished
  std::vector<std::string> warnings;  ///< a sentence each
};

/// What follows from why the search stopped and from what it has found. `unconfirmed` is a failing
/// schedule that was seen ahead of it and not confirmed any more; null if there is none.
Ending ending_of(Stop stop, Inquiry& inquiry, const Findings& findings, const Finding* unconfirmed);

}  // namespace crumbproof::search
