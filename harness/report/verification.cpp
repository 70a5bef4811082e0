#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/report/verification.hpp>
#include <crumbproof/search/audit.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/conversations.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

using search::Bounds;

/// Something in the report does not fit; what it says is for the user.
class NotVerified : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

Bounds bounds_of(const nlohmann::ordered_json& json) {
  const auto number = [](const nlohmann::ordered_json& from, const char* key) {
    return number_at(from, key, kMostNumber);
  };
  Bounds bounds;
  bounds.max_messages = number(json, "max_messages");
  bounds.max_faults = number(json, "max_faults");
  bounds.exhausted = flag_at(json, "exhausted");
  bounds.offered = number(json, "offered");
  bounds.voided = part(json, "void_because", [&](const nlohmann::ordered_json& because) {
    return run::VoidAlternatives{number(because, "no_cookie"), number(because, "no_difference"),
                                 number(because, "simpler_fault")};
  });
  bounds.executed = number(json, "executed");
  bounds.answered_from_cache = number(json, "answered_from_cache");
  bounds.not_comparable = number(json, "not_comparable");
  if (number(json, "void") != bounds.voided.total()) {
    throw NotVerified(fmt::format("bounds.void is {}, but by bounds.void_because it is {}",
                                  number(json, "void"), bounds.voided.total()));
  }
  if (json.contains("random")) {
    throw NotVerified("bounds.random stands beside a proof, but that search drew nothing");
  }
  return bounds;
}

/// No leaf tells for which of its executions the app was asked; but for both or not is told.
/// Reports of older versions do not have these counts.
void check_pruned(const nlohmann::ordered_json& bounds, const Bounds& by_leaves,
                  const search::Proof& proof) {
  if (!bounds.contains("pruned")) return;
  const auto count = [&](const char* key) {
    return part(bounds, "pruned",
                [&](const auto& pruned) { return number_at(pruned, key, kMostNumber); });
  };
  const std::uint64_t both = by_leaves.answered_from_cache;
  const std::uint64_t schedules = by_leaves.executed + both;
  const std::uint64_t faulted = count("same_requests");
  const std::uint64_t twins = count("twin_cached");
  if (std::min(faulted, twins) < both || std::max(faulted, twins) > schedules ||
      (faulted - both) + (twins - both) > by_leaves.executed) {
    throw NotVerified(fmt::format(
        "bounds.pruned says that {} schedules and {} twins made no request of their own, but by "
        "the leaves both made none in {} of {}",
        faulted, twins, both, schedules));
  }
  const std::size_t symmetric =
      search::Conversations(search::settings_of(proof.searched)).symmetric();
  if (count("symmetric_pairs") != symmetric) {
    throw NotVerified(
        fmt::format("bounds.pruned.symmetric_pairs is {}, but proof.searched makes {}",
                    count("symmetric_pairs"), symmetric));
  }
}

/// Why a report rightly has no proof. Throws NotVerified where it should have one.
std::string why_no_proof(const nlohmann::ordered_json& json) {
  const std::string verdict = text_at(json, "verdict");
  if (verdict != "pass") {
    return fmt::format(
        "the verdict is \"{}\", and only a pass can be proved; a counterexample is run again by "
        "crumbproof replay",
        verdict);
  }
  if (part(json, "bounds", [](const auto& bounds) { return flag_at(bounds, "exhausted"); })) {
    throw NotVerified("bounds.exhausted is true, but the report has no proof of it");
  }
  return "the search was not exhausted, so the report does not say that there is nothing to find; "
         "a larger --budget or smaller bounds may let it end";
}

/// A proof is one of a pass, in each of the properties that were searched.
void check_verdicts(const nlohmann::ordered_json& json, const search::Proof& proof) {
  if (text_at(json, "verdict") != "pass") {
    throw NotVerified(fmt::format("the verdict is \"{}\", but the proof is one of a pass",
                                  text_at(json, "verdict")));
  }
  if (!list_at(json, "counterexamples").empty()) {
    throw NotVerified("there are counterexamples, but the proof is one of a pass");
  }
  std::vector<std::string> passed;
  for (const auto& property : list_at(json, "properties")) {
    passed.push_back(text_at(property, "name"));
    if (text_at(property, "verdict") == "pass") continue;
    throw NotVerified(fmt::format("{} is \"{}\", but the proof is one of a pass", passed.back(),
                                  text_at(property, "verdict")));
  }
  if (passed != proof.searched.properties) {
    throw NotVerified("the properties of the report are not those of proof.searched");
  }
}

void check_conversations(const nlohmann::ordered_json& listed, const search::Proof& proof) {
  const search::Conversations conversations(search::settings_of(proof.searched));
  if (listed.size() != conversations.size()) {
    throw NotVerified(fmt::format("proof.conversations are {}, but proof.searched makes {}",
                                  listed.size(), conversations.size()));
  }
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (messages_of(listed[i]) == conversations.at(i).messages) continue;
    throw NotVerified(
        fmt::format("proof.conversations[{}] is another than the one that proof.searched makes: {}",
                    i, to_string(Schedule{conversations.at(i).messages, {}})));
  }
}

ProvenReport verify(const nlohmann::ordered_json& json) {
  const nlohmann::ordered_json& proof = at(json, "proof");
  ProvenReport report;
  report.run_id = text_at(json, "run_id");
  report.seed = number_at(json, "seed", kMostNumber);
  report.target = text_at(json, "target");
  const Bounds bounds = part(json, "bounds", bounds_of);
  if (!bounds.exhausted) {
    throw NotVerified("bounds.exhausted is false, but the report has a proof that they are");
  }
  report.max_messages = bounds.max_messages;
  report.options = part(json, "proof",
                        [](const auto& whole) { return options_at(whole, "options", "a report"); });
  report.proof = part(json, "proof", read_proof);
  check_verdicts(json, report.proof);
  check_conversations(list_at(proof, "conversations"), report.proof);
  const std::uint64_t trace_hash = hash_at(json, "trace_hash");
  if (auto wrong = search::audit(report.proof, bounds, trace_hash)) throw NotVerified(*wrong);
  check_pruned(at(json, "bounds"), bounds, report.proof);
  const std::uint64_t pruned = part(
      json, "stats", [](const auto& stats) { return number_at(stats, "pruned", kMostNumber); });
  if (pruned != bounds.voided.total() + bounds.answered_from_cache) {
    throw NotVerified(fmt::format("stats.pruned is {}, but by the leaves it is {}", pruned,
                                  bounds.voided.total() + bounds.answered_from_cache));
  }
  report.root = text_at(proof, "root");
  if (const std::string root = root_of(proof); root != report.root) {
    throw NotVerified(fmt::format(
        "proof.root is {}, but what stands in the proof makes {}: something was changed",
        report.root, root));
  }
  report.replies_vary = !list_at(json, "masks").empty() || !report.proof.searched.ignore.empty();
  return report;
}

}  // namespace

Verification verify_report(std::string_view text, const std::string& path) {
  const nlohmann::ordered_json json =
      parse_json(text, path, "a report that check has written (--json)");
  check_schema(json, path, kReportSchema);
  try {
    if (!json.contains("proof")) return {VerifyStatus::no_proof, why_no_proof(json), {}};
    return {VerifyStatus::verified, "", verify(json)};
  } catch (const NotVerified& wrong) {
    return {VerifyStatus::not_verified, wrong.what(), {}};
  } catch (const BadInput& wrong) {
    return {VerifyStatus::not_verified, shortened(wrong.what()), {}};
  }
}

}  // namespace crumbproof::report
