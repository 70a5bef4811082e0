#pragma once

#include <stdexcept>
#include <string>

namespace crumbproof::target {

/// The app could not be started, or did not answer: one line that says what was seen. The command
/// ends with exit code 3.
class AppFailed : public std::runtime_error {
 public:
  /// The message is shown as it is.
  explicit AppFailed(const std::string& message) : std::runtime_error(message) {}
};

}  // namespace crumbproof::target
