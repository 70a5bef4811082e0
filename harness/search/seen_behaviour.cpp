#include <crumbproof/properties/twin.hpp>
#include <crumbproof/search/seen_behaviour.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::search {

namespace {

/// Of a longer text only so much tells states apart.
constexpr std::size_t kMostBytesOfText = 4096;

/// What is said of a step that is no plain message.
std::string_view how_of(DeliveryKind kind) {
  const bool again = kind == DeliveryKind::duplicate || kind == DeliveryKind::repeat;
  return again ? to_string(kind) : std::string_view();
}

/// One webhook of an execution, from its first delivery to its outcome.
struct Course {
  MessageIndex message;
  bool duplicate = false;
  PairIndex pair;
  std::string_view how;
  std::set<std::string> faults;
};

/// The webhooks in the order in which they first arrived.
std::vector<Course> courses_of(const Trace& trace) {
  std::vector<Course> courses;
  for (const Delivery& delivery : trace.deliveries) {
    if (delivery.kind == DeliveryKind::callback || delivery.kind == DeliveryKind::intrusion) {
      continue;
    }
    const std::string_view how = how_of(delivery.kind);
    const auto known = std::ranges::find_if(courses, [&](const Course& course) {
      const bool goes_on = how.empty() || course.how == how;
      return course.message == delivery.message && goes_on;
    });
    Course& course =
        known != courses.end()
            ? *known
            : courses.emplace_back(Course{delivery.message, !how.empty(), delivery.pair, how, {}});
    course.faults.insert(delivery.faults.begin(), delivery.faults.end());
  }
  return courses;
}

bool is_undisturbed(const run::Executed& executed) {
  return executed.pauses.empty() && executed.degradation == run::Degradation() &&
         std::ranges::all_of(executed.trace.deliveries,
                             [](const Delivery& delivery) { return delivery.faults.empty(); });
}

}  // namespace

std::size_t SeenBehaviour::number_of(std::string_view text) {
  text = text.substr(0, kMostBytesOfText);
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  texts_.emplace_back(text);
  numbers_.emplace(text, texts_.size() - 1);
  return texts_.size() - 1;
}

std::size_t SeenBehaviour::child(std::size_t node, const Symbol& symbol, std::size_t reply) {
  for (const std::size_t known : nodes_[node].children) {
    if (nodes_[known].symbol == symbol && nodes_[known].reply == reply) return known;
  }
  if (nodes_.size() >= kMostNodes) {
    cut_ = true;
    return node;
  }
  nodes_.push_back({node, symbol, reply, Taken::faulted_only, nodes_[node].depth + 1});
  nodes_[node].children.push_back(nodes_.size() - 1);
  return nodes_.size() - 1;
}

void SeenBehaviour::add(const run::Executed& executed, std::span<const Message> messages,
                        Whose whose) {
  if (executions_ >= kMostExecutions) {
    cut_ = true;
    return;
  }
  ++executions_;
  const Trace& trace = executed.trace;
  Taken taken = whose == Whose::faulted ? Taken::faulted_only : Taken::fresh_twin;
  if (is_undisturbed(executed)) taken = Taken::fault_free;
  std::map<PairIndex, std::size_t> places;  // where each pair's conversation has come to
  for (const Course& course : courses_of(trace)) {
    const auto outcome = std::ranges::find_if(trace.outcomes, [&](const Outcome& candidate) {
      return candidate.message == course.message && candidate.duplicate == course.duplicate;
    });
    if (outcome == trace.outcomes.end() || course.message.index() >= messages.size()) continue;
    const Symbol symbol{number_of(messages[course.message.index()].body), number_of(course.how),
                        number_of(fmt::format("{}", fmt::join(course.faults, ", ")))};
    std::size_t& place = places[course.pair];
    const std::size_t next = child(place, symbol, number_of(properties::describe(trace, *outcome)));
    if (next == place) return;
    place = next;
    nodes_[place].taken = std::min(nodes_[place].taken, taken);
  }
}

/// The fold: one state after the other takes the places of the tree that agree with it.
class SeenBehaviour::Folding {
 public:
  Folding(const SeenBehaviour& seen, const properties::Masks& masks) : seen_(seen) {
    // Texts that differ in what is masked become one; only replies are ever masked.
    std::map<std::string, std::size_t> by_masked;
    for (std::size_t text = 0; text < seen.texts_.size(); ++text) {
      alike_.push_back(by_masked.try_emplace(masks.apply(seen.texts_[text]), text).first->second);
    }
    state_of_.resize(seen.nodes_.size());
    machine_.executions = seen.executions_;
    machine_.cut = seen.cut_;
  }

  BehaviourMachine fold() {
    found(0);
    for (const std::size_t node : in_order()) place(node);
    machine_.states = states_.size();
    std::ranges::stable_sort(machine_.edges, {}, &BehaviourEdge::taken);
    for (BehaviourEdge& edge : machine_.edges) {
      std::ranges::sort(edge.faults, {}, [](const std::string& faults) {
        return std::pair(std::ranges::count(faults, ','), std::string_view(faults));
      });
    }
    return std::move(machine_);
  }

 private:
  struct After;
  /// What was seen of a state by all places that it stands for.
  struct View {
    std::vector<After> after;
  };
  /// What came after one step from there.
  struct After {
    Symbol symbol;
    std::size_t reply = 0;
    View view;
  };
  struct State {
    View view;
    std::set<std::size_t> led_here;  ///< replies
  };

  /// What the sender has seen to happen most plainly comes first, and parents before children.
  [[nodiscard]] std::vector<std::size_t> in_order() const {
    std::vector<std::size_t> order;
    for (std::size_t node = 1; node < seen_.nodes_.size(); ++node) order.push_back(node);
    std::ranges::stable_sort(order, {}, [&](std::size_t node) {
      return std::pair(seen_.nodes_[node].taken, seen_.nodes_[node].depth);
    });
    return order;
  }

  [[nodiscard]] std::size_t reply_of(std::size_t node) const {
    return alike_[seen_.nodes_[node].reply];
  }

  void found(std::size_t node) {
    states_.emplace_back();
    join(node, states_.size() - 1);
  }

  void join(std::size_t node, std::size_t state) {
    overlay(node, states_[state].view);
    if (node != 0) states_[state].led_here.insert(reply_of(node));
    state_of_[node] = state;
  }

  void overlay(std::size_t node, View& view) {
    for (const std::size_t child : seen_.nodes_[node].children) {
      const Symbol& symbol = seen_.nodes_[child].symbol;
      auto known = std::ranges::find_if(view.after, [&](const After& after) {
        return after.symbol == symbol && after.reply == reply_of(child);
      });
      if (known == view.after.end()) {
        known = view.after.insert(known, After{symbol, reply_of(child), {}});
      }
      overlay(child, known->view);
    }
  }

  /// How many answers to the same words agree; nothing if one does not.
  [[nodiscard]] std::optional<std::size_t> agreement(std::size_t node, const View& view) const {
    std::size_t agreed = 0;
    for (const std::size_t child : seen_.nodes_[node].children) {
      const auto said_too = [&](const After& after) {
        return after.symbol == seen_.nodes_[child].symbol;
      };
      const auto answered = std::ranges::find_if(view.after, [&](const After& after) {
        return said_too(after) && after.reply == reply_of(child);
      });
      if (answered == view.after.end()) {
        if (std::ranges::any_of(view.after, said_too)) return std::nullopt;
        continue;
      }
      const auto further = agreement(child, answered->view);
      if (!further) return std::nullopt;
      agreed += 1 + *further;
    }
    return agreed;
  }

  [[nodiscard]] bool fits(std::size_t node, std::size_t state) const {
    const auto agreed = agreement(node, states_[state].view);
    return agreed && (*agreed > 0 || states_[state].led_here.contains(reply_of(node)));
  }

  /// Where the same step from the same state leads already; first, so that the machine stays
  /// deterministic where that is possible.
  [[nodiscard]] std::optional<std::size_t> known_target(std::size_t from, const Symbol& symbol,
                                                        std::size_t reply) const {
    const auto known = targets_.find({from, symbol, reply});
    return known == targets_.end() ? std::nullopt : std::optional(known->second);
  }

  [[nodiscard]] std::optional<std::size_t> target_of(std::size_t node, std::size_t from) const {
    const Symbol& symbol = seen_.nodes_[node].symbol;
    std::vector<std::size_t> candidates;
    // The same words without a fault, if they are answered alike, lead to the likeliest state.
    const Symbol plain{symbol.said, symbol.how, unfaulted()};
    for (const Symbol& way : {symbol, plain}) {
      if (const auto known = known_target(from, way, reply_of(node))) candidates.push_back(*known);
    }
    for (const std::size_t state : candidates) {
      if (agreement(node, states_[state].view)) return state;
    }
    for (std::size_t state = 0; state < states_.size(); ++state) {
      if (fits(node, state)) return state;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t unfaulted() const {
    const auto empty = seen_.numbers_.find("");
    return empty == seen_.numbers_.end() ? seen_.texts_.size() : empty->second;
  }

  void place(std::size_t node) {
    const Node& seen = seen_.nodes_[node];
    const auto from = state_of_[seen.parent];
    if (!from) return;
    auto to = target_of(node, *from);
    if (!to && states_.size() >= kMostStates) {
      machine_.cut = true;
      return;
    }
    if (to) {
      join(node, *to);
    } else {
      to = states_.size();
      found(node);
    }
    targets_.try_emplace({*from, seen.symbol, reply_of(node)}, *to);
    add_edge(node, *from, *to);
  }

  void add_edge(std::size_t node, std::size_t from, std::size_t to) {
    const Node& seen = seen_.nodes_[node];
    const std::string& said = seen_.texts_[seen.symbol.said];
    const std::string& how = seen_.texts_[seen.symbol.how];
    const std::string& reply = seen_.texts_[reply_of(node)];
    const std::string& faults = seen_.texts_[seen.symbol.faults];
    const auto known = std::ranges::find_if(machine_.edges, [&](const BehaviourEdge& edge) {
      return edge.from == from && edge.to == to && edge.said == said && edge.how == how &&
             edge.reply == reply;
    });
    if (known == machine_.edges.end()) {
      if (machine_.edges.size() >= kMostEdges) {
        machine_.cut = true;
        return;
      }
      machine_.edges.push_back({from, to, said, how, reply, seen.taken, {faults}});
      return;
    }
    known->taken = std::min(known->taken, seen.taken);
    const auto same = std::ranges::find(known->faults, faults);
    if (same == known->faults.end()) known->faults.push_back(faults);
  }

  const SeenBehaviour& seen_;
  std::vector<std::size_t> alike_;                    ///< by text, the first that is alike
  std::vector<std::optional<std::size_t>> state_of_;  ///< by node
  std::vector<State> states_;
  std::map<std::tuple<std::size_t, Symbol, std::size_t>, std::size_t> targets_;
  BehaviourMachine machine_;
};

BehaviourMachine SeenBehaviour::fold(const properties::Masks& masks) const {
  return Folding(*this, masks).fold();
}

}  // namespace crumbproof::search
