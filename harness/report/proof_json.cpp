#include <crumbproof/report/hash_tree.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/sim/json.hpp>

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

nlohmann::ordered_json to_json(const std::vector<Message>& messages) {
  auto json = nlohmann::ordered_json::array();
  for (const Message& message : messages) json.push_back(crumbproof::to_json(message));
  return json;
}

/// What most leaves do not have is left out.
nlohmann::ordered_json to_json(const search::Leaf& leaf) {
  const search::Account& account = leaf.account;
  nlohmann::ordered_json json{{"conversation", leaf.conversation},
                              {"faults", nlohmann::ordered_json::array()},
                              {"app", account.on_app},
                              {"trace", fmt::format("{:016x}", account.trace)},
                              {"twin", fmt::format("{:016x}", account.twin)}};
  for (const Fault& fault : leaf.faults) json["faults"].push_back(crumbproof::to_json(fault));
  if (account.undisturbed) json["undisturbed"] = fmt::format("{:016x}", *account.undisturbed);
  if (!account.comparable) json["comparable"] = false;
  json["offered"] = account.offered;
  json["void"] = {account.voided.no_cookie, account.voided.no_difference,
                  account.voided.simpler_fault};
  if (leaf.children) json["children"] = *leaf.children;
  return json;
}

HashTree tree_of(const nlohmann::ordered_json& proof) {
  HashTree tree;
  tree.add(at(proof, "searched").dump());
  tree.add(at(proof, "options").dump());
  for (const auto& conversation : list_at(proof, "conversations")) tree.add(conversation.dump());
  for (const auto& leaf : list_at(proof, "leaves")) tree.add(leaf.dump());
  return tree;
}

}  // namespace

nlohmann::ordered_json searched_json(const search::Searched& searched) {
  nlohmann::ordered_json json{{"scripts", nlohmann::ordered_json::array()},
                              {"alphabet", searched.alphabet},
                              {"channel", std::string(to_string(searched.origin.channel))},
                              {"country", searched.origin.country},
                              {"max_messages", nullptr},
                              {"max_faults", searched.max_faults},
                              {"faults", searched.kinds},
                              {"properties", searched.properties},
                              {"ignore", searched.ignore}};
  for (const std::vector<Message>& script : searched.scripts) {
    json["scripts"].push_back(to_json(script));
  }
  if (searched.max_messages) json["max_messages"] = *searched.max_messages;
  return json;
}

WrittenProof written_proof(const search::Proof& proof,
                           const std::map<std::string, std::string>& options) {
  WrittenProof written{{{"tree", "RFC 6962 section 2.1, SHA-256"},
                        {"traces", "crumbproof word hash, 64 bits"},
                        {"root", ""},
                        {"searched", searched_json(proof.searched)},
                        {"options", nlohmann::ordered_json::object()},
                        {"conversations", nlohmann::ordered_json::array()},
                        {"leaves", nlohmann::ordered_json::array()}},
                       {}};
  nlohmann::ordered_json& json = written.head;
  for (const auto& [name, value] : options) {
    if (name != kAuthToken) json["options"][name] = value;
  }
  const search::Conversations conversations(search::settings_of(proof.searched));
  for (std::size_t i = 0; i < conversations.size(); ++i) {
    json["conversations"].push_back(to_json(conversations.at(i).messages));
  }
  make_valid(json);  // first, since the root is of what a reader will find
  HashTree tree = tree_of(json);
  for (std::size_t i = 0; i < proof.ledger.size(); ++i) {
    nlohmann::ordered_json leaf = to_json(proof.ledger.at(i));
    make_valid(leaf);
    const std::string text = leaf.dump();
    tree.add(text);
    if (i > 0) written.leaves += '\n';
    written.leaves += text;
  }
  json["root"] = tree.root();
  return written;
}

nlohmann::ordered_json proof_json(const search::Proof& proof,
                                  const std::map<std::string, std::string>& options) {
  nlohmann::ordered_json json = written_proof(proof, options).head;
  for (std::size_t i = 0; i < proof.ledger.size(); ++i) {
    json["leaves"].push_back(to_json(proof.ledger.at(i)));
  }
  make_valid(json);
  return json;
}

std::string root_of(const nlohmann::ordered_json& proof) { return tree_of(proof).root(); }

}  // namespace crumbproof::report
