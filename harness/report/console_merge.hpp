#pragma once

#include <crumbproof/report/console.hpp>
#include <crumbproof/report/merge.hpp>

#include <string>

namespace crumbproof::report {

/// The joined report for people: first line the verdict, last line the command that replays a
/// failure, if `replay_file` names where it is; empty: nowhere.
std::string console(const Merged& merged, const std::string& replay_file, const Style& style);

}  // namespace crumbproof::report
