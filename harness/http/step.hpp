#pragma once

#include <chrono>
#include <cstdint>

namespace crumbproof::http {

/// The moment, in real time, at which waiting ends.
using Deadline = std::chrono::steady_clock::time_point;

/// How a step of a connection ended.
enum class Step : std::uint8_t {
  done,
  ended,   ///< the other side has closed it in order
  broken,  ///< reset, or closed in the midst of TLS
  late,    ///< the deadline passed; the connection is closed
};

}  // namespace crumbproof::http
