#pragma once

#include <crumbproof/proxy/stage.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::proxy {

/// What became of one request, for the log.
struct Event {
  std::chrono::milliseconds at{0};  ///< since the proxy began: when the request was whole
  std::chrono::milliseconds took{0};
  std::string request;             ///< as in "POST /sms", without its query
  std::optional<Course> course;    ///< of a webhook
  int status = 0;                  ///< what the sender was answered; 0: nothing
  std::vector<std::string> notes;  ///< what else is to be said, as of a signature

  /// Whether something was done to it, or is to be said of it.
  [[nodiscard]] bool is_touched() const;
};

/// The last four digits of a number, as in `..4567`; more of it stands in no log.
std::string short_number(const std::string& number);

/// One line for people, with its line end.
std::string log_line(const Event& event);
/// One line of JSON, with its line end: `t_s`, `request`, `status`, `ms`, `notes`, and of a webhook
/// `from`, `to`, `delivery` and `faults`, each `kind` and `what`.
std::string log_json(const Event& event);

}  // namespace crumbproof::proxy
