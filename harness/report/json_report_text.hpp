#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::report {

struct Resumable;

/// The report for machines as text: JSON of the schema `crumbproof.report/1` (docs/reference.md),
/// indented, with a line end. Equal for equal seed, options and app behaviour, but for `run_id` and
/// the two figures of real time under `stats`. With what a search can go on from, if that is given.
std::string json_report_text(const search::CheckResult& result, const RunInfo& info,
                             const Resumable* resumable = nullptr);

}  // namespace crumbproof::report
