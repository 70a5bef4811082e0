#pragma once

#include <crumbproof/http/descriptor.hpp>
#include <crumbproof/http/output_ring.hpp>

#include <chrono>
#include <optional>
#include <string>

#include <sys/types.h>

namespace crumbproof::http {

/// A process between this one and a command that it runs: it ends the command with all that it
/// started, daemons too, when asked to or when this process is gone, whatever the cause.
class Guardian {
 public:
  /// Starts the command. Throws std::system_error if the system lets it not.
  Guardian(const std::string& command, std::chrono::milliseconds grace);
  /// Ends the command and all that it started: SIGTERM, then, after the grace period, SIGKILL.
  ~Guardian();
  Guardian(const Guardian&) = delete;
  Guardian& operator=(const Guardian&) = delete;

  /// Waits at most that long for the command, and all that it started, to end. True if they have.
  bool wait_for_end(std::chrono::milliseconds limit);
  /// How the command itself ended, as waitpid tells it; nothing if it is not known.
  [[nodiscard]] std::optional<int> status() const { return status_; }
  /// The last that was printed.
  [[nodiscard]] std::string output() const { return output_.contents(); }

 private:
  OutputRing output_;
  Descriptor line_;  ///< to the guardian: it ends when this closes, and tells the status at its end
  pid_t process_ = -1;
  bool ended_ = false;
  std::optional<int> status_;
};

}  // namespace crumbproof::http
