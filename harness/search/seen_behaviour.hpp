#pragma once

#include <crumbproof/properties/masks.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/search/behaviour_machine.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::search {

/// What was seen of the app's conversations, as a tree of what was said and answered: bounded, and
/// so the first executions of a search only, which are its smallest.
class SeenBehaviour {
 public:
  /// So many executions, and so many steps of their conversations, are looked at.
  static constexpr std::uint64_t kMostExecutions = 4000;
  static constexpr std::size_t kMostNodes = 2000;
  /// A machine of more states, or more edges, is cut there.
  static constexpr std::size_t kMostStates = 40;
  static constexpr std::size_t kMostEdges = 160;

  SeenBehaviour() : nodes_(1) {}

  enum class Whose : bool { twin, faulted };
  /// One execution of these messages. None of those in which requests were in flight together,
  /// where what the app answers is no function of what it was sent.
  void add(const run::Executed& executed, std::span<const Message> messages, Whose whose);

  /// Folds it: two places of the tree are one state if nothing that was seen after them speaks
  /// against it, and either the same reply has led to both or something that was said in both was
  /// answered alike. Replies that differ in what is masked only are alike.
  [[nodiscard]] BehaviourMachine fold(const properties::Masks& masks) const;

 private:
  class Folding;

  /// One step of a conversation: what was said and how it went, as numbers of texts.
  struct Symbol {
    std::size_t said = 0;
    std::size_t how = 0;
    std::size_t faults = 0;

    friend auto operator<=>(const Symbol&, const Symbol&) = default;
  };
  struct Node {
    std::size_t parent = 0;
    Symbol symbol;                        ///< that leads here from the parent
    std::size_t reply = 0;                ///< to it
    Taken taken = Taken::faulted_only;    ///< by the executions that have come here
    std::size_t depth = 0;                ///< steps from the root
    std::vector<std::size_t> children{};  ///< in the order in which they were seen
  };

  std::size_t number_of(std::string_view text);
  /// The child of that node, new or not; the node itself if there is no room.
  std::size_t child(std::size_t node, const Symbol& symbol, std::size_t reply);

  std::vector<Node> nodes_;  ///< the root first, each after its parent
  std::vector<std::string> texts_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::uint64_t executions_ = 0;
  bool cut_ = false;
};

}  // namespace crumbproof::search
