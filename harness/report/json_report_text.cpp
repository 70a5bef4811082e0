#include <crumbproof/report/json_report.hpp>
#include <crumbproof/report/json_report_text.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/report_text.hpp>

#include <utility>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

std::string json_report_text(const search::CheckResult& result, const RunInfo& info,
                             const Resumable* resumable) {
  nlohmann::ordered_json json = report_without_proof(result, info, resumable);
  if (!result.proof) return report_text(json);
  WrittenProof proof = written_proof(*result.proof, info.options);
  json["proof"] = std::move(proof.head);
  return report_text(json, proof.leaves);
}

}  // namespace crumbproof::report
