#pragma once

#include <crumbproof/run/runner.hpp>
#include <crumbproof/sim/trace.hpp>

#include <functional>
#include <string>
#include <vector>

namespace crumbproof::cli {

/// What an app shows of itself to somebody who talks to it for the first time.
struct AppSurvey {
  std::vector<std::string> script;    ///< the conversation that led furthest
  std::vector<std::string> replies;   ///< to it, in words
  std::vector<std::string> alphabet;  ///< all that was answered in a way of its own
  std::vector<std::string> cookies;   ///< names of those that it sets
  std::vector<std::string> warnings;  ///< for its author
  int status = 0;                     ///< of the first answer
  std::string problem;                ///< of it; empty: it was sound
  bool varies = false;                ///< the same conversation was answered in another way
  std::size_t deliveries = 0;         ///< that it took
};

/// Talks to the app: says the first message, then what its replies suggest, for as long as that
/// brings something new. At most a few dozen requests, on fresh numbers. Throws target::AppFailed
/// if the app cannot be reached.
AppSurvey survey(run::Runner& runner, const std::vector<std::string>& first,
                 const std::function<bool()>& stop);

}  // namespace crumbproof::cli
