#pragma once

#include <crumbproof/http/output_ring.hpp>

#include <chrono>
#include <string>

namespace crumbproof::http {

/// What the guardian's process does: runs the command, keeps what it prints, ends it with all that
/// it started once the other end of `line` is closed, and writes the command's status to `line`
/// when none of them is left. To be called right after fork(); closes all other descriptors.
[[noreturn]] void run_guardian(const std::string& command, std::chrono::milliseconds grace,
                               int line, OutputRing& output) noexcept;

}  // namespace crumbproof::http
