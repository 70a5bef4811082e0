#include <crumbproof/html/machine_layout.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::html {

namespace {

using search::BehaviourEdge;
using search::BehaviourMachine;
using search::Taken;

constexpr int kMargin = 12;
constexpr int kLeftMargin = 56;          // where edges come back to the start
constexpr int kArch = 44;                // by so much an edge over other boxes rises above them
constexpr int kLeastGap = 70;            // between two columns of boxes
constexpr int kBesideLabel = 36;         // and so much wider than its labels
constexpr int kRowGap = 34;              // between two boxes of a column
constexpr int kLaneGap = 12;             // between two edges that run below
constexpr int kCharacter = 7;            // about, in the drawing's font
constexpr std::size_t kMostOpened = 10;  // edges that faults have opened
constexpr std::size_t kMostLanes = 24;
constexpr std::size_t kMostLabels = 3;
constexpr std::size_t kMostFaults = 3;    // sets of them, at one edge
constexpr std::size_t kMostColumns = 24;  // of one line of a label or a box

/// The first columns of a harmless text, with an ellipsis if there are more.
std::string cut(const std::string& text, std::size_t most) {
  if (report::columns(text) <= most) return text;
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
    if (report::columns(shown + text.substr(at, end - at)) >= most) break;
    shown += text.substr(at, end - at);
    at = end;
  }
  return shown + "…";
}

/// Up to two lines.
std::vector<std::string> two_lines(const std::string& text) {
  auto lines = report::wrap(text, kMostColumns, report::Breaking::anywhere);
  if (lines.size() > 2) {
    lines.resize(2);
    lines[1] = cut(lines[1] + "……", kMostColumns - 1);
    if (!lines[1].ends_with("…")) lines[1] += "…";
  }
  return lines;
}

class Layout {
 public:
  explicit Layout(const BehaviourMachine& machine) : machine_(machine) {}

  MachineLayout lay_out() {
    choose_edges();
    find_columns();
    group();
    place_states();
    int lane = boxes_end_ + kRowGap;
    for (PlacedEdge& edge : layout_.edges) {
      if (goes_right(edge)) curve(edge);
    }
    std::size_t lanes = 0;
    for (PlacedEdge& edge : layout_.edges) {
      if (goes_right(edge)) continue;
      run_below(edge, lane, static_cast<int>(lanes++));
    }
    layout_.height = lane + kMargin;
    return std::move(layout_);
  }

 private:
  /// What only the twins of disturbed deliveries did is left to the table, but for what leads to an
  /// edge that faults have opened.
  void choose_edges() {
    std::vector<const BehaviourEdge*> way_to(machine_.states);
    std::vector<std::size_t> reached{0};
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const BehaviourEdge& edge : machine_.edges) {
        if (edge.from != reached[i] || edge.to == 0 || way_to[edge.to] != nullptr) continue;
        way_to[edge.to] = &edge;
        reached.push_back(edge.to);
      }
    }
    std::vector<const BehaviourEdge*> wanted = opened();
    for (const BehaviourEdge& edge : machine_.edges) {
      if (edge.taken == Taken::fault_free) wanted.push_back(&edge);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const BehaviourEdge* const way = way_to[wanted[i]->from];
      if (way != nullptr && std::ranges::find(wanted, way) == wanted.end()) wanted.push_back(way);
    }
    for (const BehaviourEdge& edge : machine_.edges) {
      // Of a machine that was cut not all states need be reached.
      const bool reaches = edge.from == 0 || way_to[edge.from] != nullptr;
      if (reaches && std::ranges::find(wanted, &edge) != wanted.end()) edges_.push_back(&edge);
    }
  }

  /// Those that the fewest faults have opened.
  std::vector<const BehaviourEdge*> opened() {
    std::vector<const BehaviourEdge*> opened;
    for (const BehaviourEdge& edge : machine_.edges) {
      if (edge.taken == Taken::faulted_only) opened.push_back(&edge);
    }
    std::ranges::stable_sort(opened, {}, [](const BehaviourEdge* edge) {
      return edge->faults.empty() ? 0 : std::ranges::count(edge->faults.front(), ',');
    });
    layout_.crowded = opened.size() > kMostOpened;
    opened.resize(std::min(opened.size(), kMostOpened));
    return opened;
  }

  /// First of what happens without faults, so that it stands in one row as far as it can.
  void find_columns() {
    column_of_.resize(machine_.states);
    if (machine_.states > 0) put(0, 0);
    for (const bool faulted : {false, true}) {
      for (std::size_t column = 0; column < columns_.size(); ++column) {
        for (const BehaviourEdge* edge : edges_) {
          if (column_of_[edge->from] != column || column_of_[edge->to]) continue;
          if (faulted || edge->taken == Taken::fault_free) put(edge->to, column + 1);
        }
      }
    }
  }

  void put(std::size_t state, std::size_t column) {
    if (columns_.size() <= column) columns_.resize(column + 1);
    columns_[column].push_back(state);
    column_of_[state] = column;
  }

  [[nodiscard]] std::size_t column(std::size_t state) const {
    return column_of_[state].value_or(0);
  }

  [[nodiscard]] bool goes_right(const PlacedEdge& edge) const {
    return column(edge.to) > column(edge.from);
  }

  void group() {
    std::size_t below = 0;
    for (const BehaviourEdge* edge : edges_) {
      const auto same = std::ranges::find_if(layout_.edges, [&](const PlacedEdge& known) {
        return known.from == edge->from && known.to == edge->to && known.taken == edge->taken;
      });
      if (same != layout_.edges.end()) {
        add_label(*same, *edge);
        continue;
      }
      PlacedEdge placed;
      placed.from = edge->from;
      placed.to = edge->to;
      placed.taken = edge->taken;
      if (!goes_right(placed) && ++below > kMostLanes) {
        layout_.crowded = true;
        continue;
      }
      add_label(placed, *edge);
      layout_.edges.push_back(std::move(placed));
    }
  }

  static void add_label(PlacedEdge& placed, const BehaviourEdge& edge) {
    const std::string label = cut(edge_label(edge), kMostColumns + 6);
    if (std::ranges::find(placed.labels, label) != placed.labels.end()) return;
    if (placed.labels.size() < kMostLabels) {
      placed.labels.push_back(label);
    } else if (placed.labels.size() == kMostLabels) {
      placed.labels.emplace_back("and more");
    }
  }

  void place_states() {
    corners_.resize(machine_.states);
    const bool arches = std::ranges::any_of(layout_.edges, [&](const PlacedEdge& edge) {
      return column(edge.to) > column(edge.from) + 1;
    });
    const int top = kMargin + (arches ? kArch + kLineHeight : kLineHeight);
    int x = kLeftMargin;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      int y = top;
      for (const std::size_t state : columns_[column]) {
        corners_[state] = {x, y};
        layout_.states.push_back({state, corners_[state], reply_to(state)});
        y += kBoxHeight + kRowGap;
        boxes_end_ = std::max(boxes_end_, y);
      }
      layout_.width = x + kBoxWidth + kMargin;
      x += kBoxWidth + gap_after(column);
    }
  }

  /// Wide enough for the labels of what leads from there to the next column.
  [[nodiscard]] int gap_after(std::size_t of) const {
    int gap = kLeastGap;
    for (const PlacedEdge& edge : layout_.edges) {
      if (column(edge.to) != of + 1 || !goes_right(edge)) continue;
      gap = std::max(gap, width_of(edge.labels) + kBesideLabel);
    }
    return gap;
  }

  [[nodiscard]] std::vector<std::string> reply_to(std::size_t state) const {
    if (state == 0) return {"start"};
    const auto edge = std::ranges::find_if(edges_, [&](const BehaviourEdge* candidate) {
      return candidate->to == state && candidate->from != state;
    });
    if (edge == edges_.end()) return {};
    return two_lines(report::harmless((*edge)->reply, report::Words::app));
  }

  static int width_of(const std::vector<std::string>& labels) {
    std::size_t width = 0;
    for (const std::string& label : labels) width = std::max(width, report::columns(label));
    return static_cast<int>(width) * kCharacter;
  }

  void curve(PlacedEdge& edge) {
    if (column(edge.to) > column(edge.from) + 1) {
      arch(edge);
      return;
    }
    // One below the other where there are several between the same two states.
    constexpr int kApart = 10;
    const auto earlier = std::ranges::count_if(labelled_, [&](const PlacedEdge& other) {
      return other.from == edge.from && other.to == edge.to;
    });
    const int down = static_cast<int>(earlier) * kApart - kApart / 2;
    const Point from{corners_[edge.from].x + kBoxWidth,
                     corners_[edge.from].y + kBoxHeight / 2 + down};
    const Point to{corners_[edge.to].x - 2, corners_[edge.to].y + kBoxHeight / 2 + down};
    const int middle = (from.x + to.x) / 2;
    edge.path = fmt::format("M{} {}C{} {} {} {} {} {}", from.x, from.y, middle, from.y, middle,
                            to.y, to.x, to.y);
    const int lines = static_cast<int>(edge.labels.size());
    // Above the line where it has become flat, next to the state that it leads to.
    constexpr int kBeforeArrow = 14;
    edge.label = {to.x - kBeforeArrow - width_of(edge.labels), to.y - lines * kLineHeight - 3};
    make_room(edge);
  }

  /// Over the boxes that stand between.
  void arch(PlacedEdge& edge) {
    const Point from{corners_[edge.from].x + kBoxWidth * 3 / 4, corners_[edge.from].y};
    const Point to{corners_[edge.to].x + kBoxWidth / 4, corners_[edge.to].y - 2};
    const int top = std::min(from.y, to.y) - kArch;
    edge.path =
        fmt::format("M{} {}C{} {} {} {} {} {}", from.x, from.y, from.x, top, to.x, top, to.x, to.y);
    edge.label = {(from.x + to.x - width_of(edge.labels)) / 2, top - kLineHeight / 2};
    make_room(edge);
  }

  /// Moves a label down until it covers no other one.
  void make_room(PlacedEdge& edge) {
    const auto covers = [&](const PlacedEdge& other) {
      const int height = static_cast<int>(edge.labels.size()) * kLineHeight;
      const int others_height = static_cast<int>(other.labels.size()) * kLineHeight;
      return edge.label.x < other.label.x + width_of(other.labels) &&
             other.label.x < edge.label.x + width_of(edge.labels) &&
             edge.label.y < other.label.y + others_height && other.label.y < edge.label.y + height;
    };
    constexpr int kMostMoves = 200;
    for (int moves = 0; moves < kMostMoves; ++moves) {
      const bool covered =
          std::ranges::any_of(labelled_, [&](const PlacedEdge& other) { return covers(other); });
      if (!covered) break;
      edge.label.y += kLineHeight / 2;
    }
    labelled_.push_back(edge);
  }

  /// Out of the right side of a box, down, back below all boxes, and up to the left side.
  void run_below(PlacedEdge& edge, int& lane, int n) {
    const int spread = n % 8 * 5;
    const Point from{corners_[edge.from].x + kBoxWidth, corners_[edge.from].y + kBoxHeight - 8};
    const Point to{corners_[edge.to].x, corners_[edge.to].y + kBoxHeight - 8};
    const int down = from.x + 8 + spread;
    const int up = to.x - 14 - spread;
    lane += static_cast<int>(edge.labels.size()) * kLineHeight + kLaneGap;
    layout_.width = std::max(layout_.width, down + kMargin);
    edge.path =
        fmt::format("M{} {}H{}V{}H{}V{}H{}", from.x, from.y, down, lane, up, to.y, to.x - 2);
    const int middle = (down + up) / 2;
    edge.label = {std::max(kMargin / 2, middle - width_of(edge.labels) / 2),
                  lane - static_cast<int>(edge.labels.size()) * kLineHeight - 3};
  }

  const BehaviourMachine& machine_;
  MachineLayout layout_;
  std::vector<const BehaviourEdge*> edges_;            ///< that are drawn
  std::vector<std::optional<std::size_t>> column_of_;  ///< by state
  std::vector<std::vector<std::size_t>> columns_;      ///< states
  std::vector<Point> corners_;                         ///< by state
  std::vector<PlacedEdge> labelled_;
  int boxes_end_ = 0;
};

}  // namespace

std::string edge_label(const BehaviourEdge& edge) {
  std::string label = fmt::format("\"{}\"", edge.said);
  if (!edge.how.empty()) label += fmt::format(" ({})", edge.how);
  if (edge.taken != Taken::fault_free) {
    std::vector<std::string> faults = edge.faults;
    std::erase(faults, "");
    if (faults.size() > kMostFaults) {
      faults.resize(kMostFaults);
      faults.emplace_back("…");
    }
    if (!faults.empty()) label += fmt::format(" {}", fmt::join(faults, "/"));
  }
  return report::harmless(label, report::Words::app);
}

MachineLayout lay_out(const BehaviourMachine& machine) { return Layout(machine).lay_out(); }

}  // namespace crumbproof::html
