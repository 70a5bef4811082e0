#include <crumbproof/html/machine_drawing.hpp>
#include <crumbproof/html/machine_layout.hpp>
#include <crumbproof/html/markup.hpp>
#include <crumbproof/report/excerpt.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::html {

namespace {

using search::BehaviourEdge;
using search::BehaviourMachine;
using search::Taken;

std::string_view class_of(Taken taken) {
  switch (taken) {
    case Taken::fault_free:
      return "plain";
    case Taken::fresh_twin:
      return "twin";
    case Taken::faulted_only:
      break;
  }
  return "opened";
}

std::string_view words_for(Taken taken) {
  switch (taken) {
    case Taken::fault_free:
      return "without faults";
    case Taken::fresh_twin:
      return "with every cookie, deliveries disturbed";
    case Taken::faulted_only:
      break;
  }
  return "under faults only";
}

std::string marker(Taken taken) {
  return fmt::format(
      R"(<marker id="arrow-{0}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head {0}" d="M0 0L8 4L0 8z"/></marker>)",
      class_of(taken));
}

std::string drawn(const PlacedEdge& edge) {
  const std::string_view kind = class_of(edge.taken);
  std::string text = fmt::format(
      R"svg(<g class="edge {0}" data-from="{1}" data-to="{2}"><path d="{3}" marker-end="url(#arrow-{0})"/><text>)svg",
      kind, edge.from, edge.to, edge.path);
  int y = edge.label.y + kLineHeight - 4;
  for (const std::string& label : edge.labels) {
    text += fmt::format(R"(<tspan x="{}" y="{}">{}</tspan>)", edge.label.x, y, escaped(label));
    y += kLineHeight;
  }
  return text + "</text></g>\n";
}

std::string drawn(const PlacedState& state) {
  std::string text = fmt::format(
      R"(<g class="state" data-state="{0}"><rect x="{1}" y="{2}" width="{3}" height="{4}" rx="8"/><text><tspan class="name" x="{5}" y="{6}">S{0}</tspan>)",
      state.state, state.corner.x, state.corner.y, kBoxWidth, kBoxHeight, state.corner.x + 8,
      state.corner.y + 17);
  int y = state.corner.y + 33;
  for (const std::string& line : state.lines) {
    text += fmt::format(R"(<tspan x="{}" y="{}">{}</tspan>)", state.corner.x + 8, y, escaped(line));
    y += kLineHeight;
  }
  return text + "</text></g>\n";
}

std::string drawing(const MachineLayout& layout) {
  std::string text = fmt::format(
      R"(<div class="drawing" tabindex="0" role="region" aria-label="Drawing of the state machine"><svg role="img" aria-labelledby="machine-title machine-text" viewBox="0 0 {0} {1}" width="{0}" height="{1}"><title id="machine-title">The conversation as a state machine</title><desc id="machine-text">{2} states; the table below says the same.</desc><defs>{3}{4}{5}</defs>)",
      layout.width, layout.height, layout.states.size(), marker(Taken::fault_free),
      marker(Taken::fresh_twin), marker(Taken::faulted_only));
  for (const PlacedEdge& edge : layout.edges) text += drawn(edge);
  for (const PlacedState& state : layout.states) text += drawn(state);
  return text + "</svg></div>\n";
}

/// The sets of faults under which an edge was taken, the first ones of many.
std::string faults_of(const BehaviourEdge& edge) {
  constexpr std::size_t kMost = 6;
  std::vector<std::string> shown;
  for (const std::string& faults : edge.faults) {
    if (faults.empty()) continue;
    if (shown.size() == kMost) {
      shown.emplace_back("and others");
      break;
    }
    shown.push_back(verbatim(faults));
  }
  return shown.empty() ? "none" : fmt::format("{}", fmt::join(shown, "; "));
}

std::string row_of(const BehaviourEdge& edge) {
  std::string said = fmt::format("\"{}\"", edge.said);
  if (!edge.how.empty()) said += fmt::format(" ({})", edge.how);
  return fmt::format(
      R"(<tr class="{}" data-from="{}" data-to="{}"><th scope="row">S{}</th><td>{}</td><td>{}</td><td>S{}</td><td>{}</td><td>{}</td></tr>)"
      "\n",
      class_of(edge.taken), edge.from, edge.to, edge.from, verbatim(report::excerpt(said)),
      verbatim(report::excerpt(edge.reply)), edge.to, words_for(edge.taken), faults_of(edge));
}

std::string table_of(std::string_view caption, const std::string& rows) {
  return fmt::format(
      R"(<div class="scroll" tabindex="0" role="region" aria-label="{0}"><table class="machine"><caption>{0}</caption><thead><tr><th scope="col">From</th><th scope="col">Said</th><th scope="col">The sender gets</th><th scope="col">To</th><th scope="col">Taken</th><th scope="col">Faults on the way</th></tr></thead><tbody>{1}</tbody></table></div>)"
      "\n",
      caption, rows);
}

/// What faults have opened beside what happens without; the rest only where it is asked for.
std::string tables(const BehaviourMachine& machine) {
  std::string rows;
  std::string disturbed;
  for (const BehaviourEdge& edge : machine.edges) {
    (edge.taken == Taken::fresh_twin ? disturbed : rows) += row_of(edge);
  }
  std::string text = table_of("The state machine, edge by edge", rows);
  if (disturbed.empty()) return text;
  return text +
         fmt::format(
             "<details class=\"rest\"><summary>Where deliveries are lost, doubled or swapped "
             "and every cookie is there</summary>\n{}</details>\n",
             table_of("Edges of disturbed deliveries", disturbed));
}

}  // namespace

std::string machine_drawing(const BehaviourMachine& machine) {
  const MachineLayout layout = lay_out(machine);
  const auto opened = std::ranges::count(machine.edges, Taken::faulted_only, &BehaviourEdge::taken);
  std::string text = fmt::format(
      "<p>Folded from {}: what was said before is forgotten where all that was seen afterwards "
      "agrees. {}</p>\n",
      report::count(machine.executions, "execution", "executions"),
      opened == 0
          ? std::string("Faults have opened no edge.")
          : fmt::format("Faults have opened {}.",
                        report::count(static_cast<std::uint64_t>(opened), "edge", "edges")));
  text +=
      R"(<ul class="legend"><li class="plain"><span class="line" aria-hidden="true"></span>solid: taken without faults</li><li class="twin"><span class="line" aria-hidden="true"></span>dotted: taken with every cookie there, but with deliveries lost, doubled or swapped</li><li class="opened"><span class="line" aria-hidden="true"></span>red, dashed: opened by faults; no execution with every cookie takes it</li></ul>)"
      "\n";
  text += drawing(layout);
  if (layout.crowded)
    text +=
        "<p>The drawing shows what the fewest faults have opened; the table has the rest.</p>\n";
  if (machine.cut) {
    text +=
        "<p>More was seen than there is room for: of the executions the first ones count, and of "
        "states and edges those that were found first.</p>\n";
  }
  return text + tables(machine);
}

}  // namespace crumbproof::html
