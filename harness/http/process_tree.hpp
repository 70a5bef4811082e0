#pragma once

#include <vector>

#include <sys/types.h>

namespace crumbproof::http {

/// The processes below that one as /proc shows them now, zombies included, in no particular order.
std::vector<pid_t> descendants_of(pid_t ancestor);

}  // namespace crumbproof::http
