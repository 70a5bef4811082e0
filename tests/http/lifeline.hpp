#pragma once

#include <chrono>
#include <string>

/// A named pipe that commands hold open, with all that they start, and write to: it tells when the
/// last of them is gone without knowing who they are.
class Lifeline {
 public:
  Lifeline();
  ~Lifeline();
  Lifeline(const Lifeline&) = delete;
  Lifeline& operator=(const Lifeline&) = delete;

  /// What a command begins with to hold the pipe as its descriptor 9.
  [[nodiscard]] std::string hold() const { return "exec 9>" + path_ + "; "; }
  /// Waits until the commands have written that, and a line break. False if that takes too long.
  bool wait_for(const std::string& line);
  /// Waits until nobody holds the pipe. False if that takes longer.
  bool wait_for_end(std::chrono::milliseconds limit = std::chrono::seconds(10));

 private:
  /// False at the end, or if that takes too long.
  bool read_more(std::chrono::milliseconds limit);

  std::string path_;
  int reader_ = -1;
  bool ended_ = false;
  std::string unread_;
};
