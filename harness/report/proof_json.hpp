#pragma once

#include <crumbproof/search/proof.hpp>

#include <map>
#include <string>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

/// The key `proof` of the JSON report (docs/reference.md, "Proof"): what was searched, each
/// schedule and what came of it, and the root of a hash tree over all of that. `options` are those
/// that shape the requests.
nlohmann::ordered_json proof_json(const search::Proof& proof,
                                  const std::map<std::string, std::string>& options);

/// The same, but the leaves as text, a line for each, since there can be more than fit into memory
/// as JSON.
struct WrittenProof {
  nlohmann::ordered_json head;  ///< all of it, with an empty list of leaves
  std::string leaves;           ///< with no line end behind the last
};
WrittenProof written_proof(const search::Proof& proof,
                           const std::map<std::string, std::string>& options);

/// What was searched, as it stands there.
nlohmann::ordered_json searched_json(const search::Searched& searched);

/// The root of the hash tree over the other keys of a proof, as they stand. Throws BadInput if one
/// of them is missing.
std::string root_of(const nlohmann::ordered_json& proof);

}  // namespace crumbproof::report
