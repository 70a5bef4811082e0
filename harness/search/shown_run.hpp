#pragma once

#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/result.hpp>

namespace crumbproof::search {

/// Runs each counterexample once more, so that it can be shown as it went over the wire; one that
/// depends on the app's timing until it fails alike, ten times at most. What cannot be run any more
/// is left out, since it only illustrates.
void show_counterexamples(CheckResult& result, run::Runner& runner);

}  // namespace crumbproof::search
