#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

ExitCode exit_code(search::Verdict verdict) {
  switch (verdict) {
    case search::Verdict::pass:
      return ExitCode::pass;
    case search::Verdict::fail:
      return ExitCode::fail;
    case search::Verdict::error:
      return ExitCode::app;
    case search::Verdict::inconclusive:
    case search::Verdict::skipped:
      return ExitCode::inconclusive;
  }
  return ExitCode::defect;
}

ExitCode exit_code(search::ReplayStatus status) {
  switch (status) {
    case search::ReplayStatus::failed:
      return ExitCode::fail;
    case search::ReplayStatus::fixed:
      return ExitCode::pass;
    case search::ReplayStatus::error:
      return ExitCode::app;
  }
  return ExitCode::defect;
}

}  // namespace crumbproof::cli
