#pragma once

#include <stdexcept>
#include <string>

namespace crumbproof {

/// What a user gave cannot be used: an option, a scenario file, a replay file. `what()` is one line
/// that says what is wrong, where, and what would be right. The command ends with exit code 2.
class BadInput : public std::runtime_error {
 public:
  /// The message is shown as it is.
  explicit BadInput(const std::string& message) : std::runtime_error(message) {}
};

}  // namespace crumbproof
