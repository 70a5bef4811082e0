#pragma once

#include <filesystem>
#include <vector>

#include <sys/types.h>

namespace crumbproof::http {

/// The processes below that one as proc(5) shows them now, zombies included, in no particular
/// order. Never fails: a process that ends meanwhile is left out.
std::vector<pid_t> descendants_of(pid_t ancestor, const std::filesystem::path& proc = "/proc");

}  // namespace crumbproof::http
