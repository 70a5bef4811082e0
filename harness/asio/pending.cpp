#include <crumbproof/asio/pending.hpp>

#include <fmt/format.h>

namespace crumbproof::asio {

namespace {

std::string_view what(PendingKind kind) {
  switch (kind) {
    case PendingKind::handler:
      return "a posted handler";
    case PendingKind::timer_wait:
      return "a timer wait";
    case PendingKind::read:
      return "a read from a stream";
    case PendingKind::write:
      return "a write to a stream";
    case PendingKind::accept:
      return "an accept";
  }
  return "";
}

}  // namespace

std::string to_string(const Pending& pending) {
  if (!pending.due) return std::string(what(pending.kind));
  const std::chrono::duration<double> seconds = pending.due->time_since_epoch();
  return fmt::format("{} due at {} s", what(pending.kind), seconds.count());
}

}  // namespace crumbproof::asio
