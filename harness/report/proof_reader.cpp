#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/sim/json.hpp>

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

/// What a search can have is far below.
constexpr std::uint64_t kMostOfAnything = 1'000'000'000'000;
/// Of a conversation; each costs time even if there is none so long.
constexpr std::uint64_t kMostMessages = 10'000;

search::Searched searched_from_json(const nlohmann::ordered_json& json) {
  search::Searched searched;
  for (const auto& script : list_at(json, "scripts")) {
    searched.scripts.push_back(messages_of(script));
  }
  searched.alphabet = texts_at(json, "alphabet");
  // As a message says it.
  nlohmann::ordered_json origin{{"pair", 0}, {"body", ""}, {"at_s", 0}};
  origin["channel"] = at(json, "channel");
  origin["country"] = at(json, "country");
  searched.origin = message_from_json(origin).from;
  if (!at(json, "max_messages").is_null()) {
    searched.max_messages = number_at(json, "max_messages", kMostMessages);
  }
  searched.max_faults = number_at(json, "max_faults", kMostOfAnything);
  searched.kinds = texts_at(json, "faults");
  searched.properties = texts_at(json, "properties");
  searched.ignore = texts_at(json, "ignore");
  return searched;
}

run::VoidAlternatives void_at(const nlohmann::ordered_json& json, const char* key) {
  const nlohmann::ordered_json& counts = list_at(json, key);
  constexpr std::size_t kReasons = 3;
  const auto is_count = [](const nlohmann::ordered_json& count) {
    return count.is_number_unsigned() && count.get<std::uint64_t>() <= kMostOfAnything;
  };
  if (counts.size() != kReasons || !std::ranges::all_of(counts, is_count)) {
    throw BadInput(
        fmt::format("the key \"{}\" has to be a list of {} whole numbers", key, kReasons));
  }
  return {counts[0].get<std::uint64_t>(), counts[1].get<std::uint64_t>(),
          counts[2].get<std::uint64_t>()};
}

search::Leaf leaf_from_json(const nlohmann::ordered_json& json) {
  search::Leaf leaf;
  leaf.conversation = number_at(json, "conversation", kMostOfAnything);
  for (const auto& fault : list_at(json, "faults")) leaf.faults.push_back(fault_from_json(fault));
  search::Account& account = leaf.account;
  account.on_app = flag_at(json, "app");
  account.trace = hash_at(json, "trace");
  account.twin = hash_at(json, "twin");
  if (json.contains("undisturbed")) account.undisturbed = hash_at(json, "undisturbed");
  if (json.contains("comparable")) account.comparable = flag_at(json, "comparable");
  account.offered = number_at(json, "offered", kMostOfAnything);
  account.voided = void_at(json, "void");
  if (json.contains("children")) leaf.children = number_at(json, "children", kMostOfAnything);
  return leaf;
}

}  // namespace

search::Proof read_proof(const nlohmann::ordered_json& json) {
  search::Proof proof;
  proof.searched = part(json, "searched", searched_from_json);
  const nlohmann::ordered_json& leaves = list_at(json, "leaves");
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    try {
      proof.ledger.add(leaf_from_json(leaves[i]));
    } catch (const BadInput& bad) {
      throw BadInput(fmt::format("leaf {}: {}", i, bad.what()));
    }
  }
  return proof;
}

std::vector<Message> messages_of(const nlohmann::ordered_json& list) {
  if (!list.is_array()) throw BadInput("a conversation has to be a list of messages");
  std::vector<Message> messages;
  for (const auto& message : list) messages.push_back(message_from_json(message));
  check_countries(messages);
  return messages;
}

std::uint64_t hash_at(const nlohmann::ordered_json& json, const char* key) {
  constexpr std::size_t kDigits = 16;
  constexpr int kHex = 16;
  const std::string text = text_at(json, key);
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (text.size() != kDigits || !std::ranges::all_of(text, is_digit)) {
    throw BadInput(
        fmt::format("the key \"{}\" has to be {} hex digits, not {:?}", key, kDigits, text));
  }
  std::uint64_t hash = 0;
  std::from_chars(text.data(), text.data() + text.size(), hash, kHex);
  return hash;
}

}  // namespace crumbproof::report
