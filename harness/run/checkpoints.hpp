#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/target/target.hpp>

#include <cstddef>
#include <memory>
#include <unordered_map>

namespace crumbproof::run {

/// Where an execution can be gone on with: the app's state, and who takes part.
struct Checkpoint {
  std::shared_ptr<const target::Snapshot> app;
  Participants participants;
};

/// Checkpoints by what the app has seen so far. The state at a node is that of the execution which
/// saw these requests first, so it fits to the answers that the trie knows on the way there.
class Checkpoints {
 public:
  /// So many are kept, which bounds the memory; the first ones, since those are of short
  /// executions, which most others begin with.
  static constexpr std::size_t kMost = 10'000;

  [[nodiscard]] bool full() const { return kept_.size() == kMost; }
  void keep(AnswerTrie::Node node, const Checkpoint& checkpoint) {
    kept_.try_emplace(node.value(), checkpoint);
  }
  /// Null if there is none.
  [[nodiscard]] const Checkpoint* at(AnswerTrie::Node node) const {
    const auto found = kept_.find(node.value());
    return found == kept_.end() ? nullptr : &found->second;
  }

 private:
  std::unordered_map<std::uint32_t, Checkpoint> kept_;
};

}  // namespace crumbproof::run
