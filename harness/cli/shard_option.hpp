#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/search/shard.hpp>

#include <optional>

namespace crumbproof::cli {

/// Which part of the search --shard asks for: I/N, or what the variables of GitLab (CI_NODE_INDEX,
/// CI_NODE_TOTAL), Slurm (SLURM_ARRAY_TASK_ID and its like) or Kubernetes (JOB_COMPLETION_INDEX)
/// say where it is `auto` or `auto/N`. They count for nothing without it: who runs the whole search
/// in each of several jobs must not get parts of it. Throws BadInput.
std::optional<search::Shard> shard_option(const Given& given, const Environment& environment);

}  // namespace crumbproof::cli
