#pragma once

#include <crumbproof/asio/clock.hpp>
#include <crumbproof/sim/ids.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace crumbproof::asio {

/// What the app waits for.
enum class PendingKind : std::uint8_t {
  handler,  ///< posted
  timer_wait,
  read,
  write,
  accept,
};

/// Something that the app has begun and whose handler has not run.
struct Pending {
  PendingKind kind = PendingKind::handler;
  DeliveryNumber label;  ///< what Context::set_label() had said last when it was begun
  bool ready = false;    ///< its handler can run
  std::optional<Clock::time_point> due;  ///< when time ends it; nothing: never, or it is ready

  friend bool operator==(const Pending&, const Pending&) = default;
};

/// As in `a timer wait due at 3.5 s`, `a read from a stream`, `an accept` or `a posted handler`.
std::string to_string(const Pending& pending);

}  // namespace crumbproof::asio
