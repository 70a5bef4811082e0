#pragma once

#include <crumbproof/search/proof.hpp>

#include <cstdint>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::report {

/// What proof_json() wrote. Each of these throws BadInput that says which key is missing or of the
/// wrong type, and of which leaf.
search::Proof read_proof(const nlohmann::ordered_json& json);
std::vector<Message> messages_of(const nlohmann::ordered_json& list);
/// A hash of 16 lower-case hex digits.
std::uint64_t hash_at(const nlohmann::ordered_json& json, const char* key);

}  // namespace crumbproof::report
