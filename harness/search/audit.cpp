#include <crumbproof/search/audit.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/size.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

std::string leaf_name(const Conversations& conversations, std::size_t index, const Leaf& leaf) {
  const Schedule schedule{conversations.at(leaf.conversation).messages, leaf.faults};
  return fmt::format("leaf {} ({})", index, to_string(schedule));
}

/// One look through the leaves. Each step relies on those before it.
class Audit {
 public:
  explicit Audit(const Proof& proof)
      : proof_(proof), settings_(settings_of(proof.searched)), conversations_(settings_) {}

  std::optional<std::string> run(const Bounds& claimed, std::uint64_t trace_hash) {
    if (auto wrong = check_conversations()) return wrong;
    if (auto wrong = check_bounds()) return wrong;
    if (auto wrong = check_each_leaf()) return wrong;
    if (auto wrong = check_children()) return wrong;
    return check_sums(claimed, trace_hash);
  }

 private:
  /// A schedule by its conversation and then the numbers of its faults.
  using Key = std::vector<std::size_t>;
  struct Children {
    std::size_t leaf = 0;
    std::optional<std::uint64_t> claimed;
    std::uint64_t found = 0;
    bool may_have_some = false;  ///< by the bounds
  };

  std::optional<std::string> check_conversations() {
    const std::size_t leaves = proof_.ledger.size();
    // There may be more conversations than anyone could count, but one that is missing shows early.
    std::vector<bool> there(std::min(conversations_.size(), leaves + 1));
    for (std::size_t i = 0; i < leaves; ++i) {
      const Leaf leaf = proof_.ledger.at(i);
      if (leaf.conversation >= conversations_.size()) {
        return fmt::format(
            "leaf {} is about conversation {}, but there are those from 0 to {} only", i,
            leaf.conversation, conversations_.size() - 1);
      }
      if (leaf.faults.empty() && leaf.conversation < there.size()) there[leaf.conversation] = true;
    }
    const auto missing = std::ranges::find(there, false);
    if (missing == there.end()) return std::nullopt;
    const auto number = static_cast<std::size_t>(missing - there.begin());
    return fmt::format("no leaf is about conversation {} without faults ({})", number,
                       to_string(Schedule{conversations_.at(number).messages, {}}));
  }

  std::optional<std::string> check_bounds() {
    const faults::Kinds kinds = striking_kinds(settings_);
    for (std::size_t i = 0; i < conversations_.size(); ++i) {
      lengths_.push_back(conversations_.at(i).messages.size());
    }
    for (std::size_t i = 0; i < proof_.ledger.size(); ++i) {
      const Leaf leaf = proof_.ledger.at(i);
      if (leaf.faults.size() > settings_.max_faults) {
        return fmt::format("{} has more faults than the bounds allow, which is {}", name(i),
                           settings_.max_faults);
      }
      for (const Fault& fault : leaf.faults) {
        if (std::ranges::find(kinds, fault.kind, &faults::FaultKind::name) == kinds.end()) {
          return fmt::format("{} has a fault of a kind that is not in the bounds: {:?}", name(i),
                             fault.kind);
        }
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> check_each_leaf() {
    std::optional<Size> last;
    for (std::size_t i = 0; i < proof_.ledger.size(); ++i) {
      const Leaf leaf = proof_.ledger.at(i);
      Size size = size_of(leaf.conversation, lengths_[leaf.conversation], leaf.faults);
      if (last && size == *last) return fmt::format("{} is there twice", name(i));
      if (last && size < *last) {
        return fmt::format("{} stands after a larger one; leaves are in order of size", name(i));
      }
      last = std::move(size);

      Key key{leaf.conversation};
      for (const std::uint32_t number : proof_.ledger.fault_numbers(i)) key.push_back(number);
      if (!leaf.faults.empty()) {
        const auto parent = children_.find(Key(key.begin(), key.end() - 1));
        if (parent == children_.end()) {
          return fmt::format("{} is there, but not the schedule without its last fault", name(i));
        }
        ++parent->second.found;
      }
      children_.emplace(std::move(key),
                        Children{i, leaf.children, 0, leaf.faults.size() < settings_.max_faults});
    }
    return std::nullopt;
  }

  std::optional<std::string> check_children() {
    // By place, so that the first leaf that is wrong is told.
    std::vector<Children> by_leaf;
    for (const auto& [key, children] : children_) by_leaf.push_back(children);
    std::ranges::sort(by_leaf, {}, &Children::leaf);
    for (const Children& children : by_leaf) {
      if (children.claimed.has_value() != children.may_have_some) {
        return fmt::format(
            "{} has {} faults and {} how many more were on offer, but the bounds allow {}",
            name(children.leaf), proof_.ledger.fault_numbers(children.leaf).size(),
            children.claimed ? "says" : "does not say", settings_.max_faults);
      }
      if (children.claimed.value_or(0) == children.found) continue;
      return fmt::format(
          "{} says that {} more faults were on offer, each of which makes a schedule, but {} such "
          "schedules are there",
          name(children.leaf), *children.claimed, children.found);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> check_sums(const Bounds& claimed,
                                                      std::uint64_t trace_hash) const {
    Bounds sums;
    Hasher traces;
    for (std::size_t i = 0; i < proof_.ledger.size(); ++i) {
      const Account account = proof_.ledger.at(i).account;
      ++(account.on_app ? sums.executed : sums.answered_from_cache);
      if (!account.comparable) ++sums.not_comparable;
      sums.offered += account.offered;
      sums.voided += account.voided;
      traces.add(account.trace).add(account.twin);
    }
    struct Count {
      std::string_view name;
      std::uint64_t claimed;
      std::uint64_t sum;
    };
    for (const Count& count :
         {Count{"max_messages", claimed.max_messages, conversations_.max_messages()},
          Count{"max_faults", claimed.max_faults, settings_.max_faults},
          Count{"executed", claimed.executed, sums.executed},
          Count{"answered_from_cache", claimed.answered_from_cache, sums.answered_from_cache},
          Count{"not_comparable", claimed.not_comparable, sums.not_comparable},
          Count{"offered", claimed.offered, sums.offered},
          Count{"void_because.no_cookie", claimed.voided.no_cookie, sums.voided.no_cookie},
          Count{"void_because.no_difference", claimed.voided.no_difference,
                sums.voided.no_difference},
          Count{"void_because.simpler_fault", claimed.voided.simpler_fault,
                sums.voided.simpler_fault}}) {
      if (count.claimed == count.sum) continue;
      return fmt::format("bounds.{} is {}, but by the leaves it is {}", count.name, count.claimed,
                         count.sum);
    }
    if (traces.value() != trace_hash) {
      return fmt::format("trace_hash is {:016x}, but by the leaves it is {}", trace_hash,
                         traces.hex());
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string name(std::size_t index) const {
    return leaf_name(conversations_, index, proof_.ledger.at(index));
  }

  const Proof& proof_;
  CheckSettings settings_;
  Conversations conversations_;
  std::vector<std::size_t> lengths_;  ///< of the conversations, in messages
  std::map<Key, Children> children_;
};

}  // namespace

std::string name_of_leaf(const Proof& proof, std::size_t index) {
  return leaf_name(Conversations(settings_of(proof.searched)), index, proof.ledger.at(index));
}

std::optional<std::string> audit(const Proof& proof, const Bounds& claimed,
                                 std::uint64_t trace_hash) {
  try {
    return Audit(proof).run(claimed, trace_hash);
  } catch (const BadInput& error) {
    return fmt::format("what was searched makes no sense: {}", error.what());
  }
}

}  // namespace crumbproof::search
