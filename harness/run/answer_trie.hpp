#pragma once

#include <crumbproof/run/request_key.hpp>
#include <crumbproof/run/seen_answer.hpp>
#include <crumbproof/sim/ids.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::run {

/// All answers seen so far, in a trie over what the app saw: a node is the sequence of requests
/// that leads to it. An execution whose whole path is known needs no app. There are as many nodes
/// as the app was asked requests of, so a node takes about fifty bytes beside its answer; requests
/// at one node are told apart by their hashes of 64 bits.
class AnswerTrie {
 public:
  /// A sequence of requests that the app has seen.
  using Node = Number<struct TrieNodeTag>;
  static constexpr Node kRoot{0};
  /// So many different answers to the same requests are kept as evidence of an app's own variation.
  static constexpr std::size_t kMaxSamples = 8;

  AnswerTrie();

  /// The node that this request leads to, if the app has seen it.
  [[nodiscard]] std::optional<Node> child(Node node, const RequestKey& key) const;
  /// Records an answer; returns the node that the request leads to. What the app answers to the
  /// same requests another time is kept beside the first answer if it means something else to the
  /// sender: another status, error, message or next document, or other cookies by name; but not
  /// after requests that were in flight together.
  Node record(Node node, const RequestKey& key, std::shared_ptr<const SeenAnswer> answer);
  /// The first answer seen at that node; the root has none.
  [[nodiscard]] const std::shared_ptr<const SeenAnswer>& answer(Node node) const;

  void record_probe(Node node, std::string result);
  [[nodiscard]] std::optional<std::string> probe(Node node) const;

  /// The different answers at one node, where there are several.
  struct Variation {
    std::vector<std::shared_ptr<const SeenAnswer>> answers;
    std::vector<std::string> probes;
  };
  /// The nodes at which the app has answered the same requests in different ways, in the order in
  /// which they were first seen.
  [[nodiscard]] std::vector<Variation> variations() const;
  /// How many variations were recorded so far; grows with each new one.
  [[nodiscard]] std::size_t variation_count() const { return variation_count_; }
  [[nodiscard]] std::size_t size() const { return answers_.size(); }

 private:
  /// A request at a node, and where it leads; an empty one leads to the root.
  struct Edge {
    std::uint64_t key = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
  };

  [[nodiscard]] std::optional<Node> child(Node node, std::uint64_t key) const;
  /// Where that edge is, or has its place.
  [[nodiscard]] std::size_t place_of(Node node, std::uint64_t key) const;
  void add_edge(Node from, std::uint64_t key, Node to);

  std::vector<std::shared_ptr<const SeenAnswer>> answers_;  ///< the first ones, by node
  std::vector<bool> depends_on_timing_;  ///< requests were in flight together on the way there
  std::vector<Edge> edges_;              ///< a hash table with open addressing
  std::map<std::uint32_t, std::vector<std::shared_ptr<const SeenAnswer>>> other_answers_;
  std::map<std::uint32_t, std::vector<std::string>> probes_;
  std::size_t variation_count_ = 0;
};

}  // namespace crumbproof::run
