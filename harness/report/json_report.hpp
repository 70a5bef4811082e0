#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::report {

struct Resumable;

/// The report for machines, schema `crumbproof.report/1` (docs/reference.md). Equal for equal seed,
/// options and app behaviour, but for `run_id` and the two figures of real time under `stats`. With
/// what a search can go on from, if that is given.
nlohmann::ordered_json json_report(const search::CheckResult& result, const RunInfo& info,
                                   const Resumable* resumable = nullptr);
/// The same without the proof.
nlohmann::ordered_json report_without_proof(const search::CheckResult& result, const RunInfo& info,
                                            const Resumable* resumable = nullptr);

}  // namespace crumbproof::report
