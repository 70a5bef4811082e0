#include <crumbproof/report/report_text.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

constexpr int kStep = 2;

/// The value as it stands in an object that is indented by so much. Texts in JSON have no line
/// ends.
std::string nested(const nlohmann::ordered_json& value, int indent) {
  std::string text = value.dump(kStep);
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    text.insert(at + 1, margin);
  }
  return text;
}

/// A list with a line for each entry.
std::string lines(const nlohmann::ordered_json& list, int indent) {
  if (list.empty()) return "[]";
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string text = "[";
  for (const auto& entry : list) {
    text += fmt::format("{}\n{}  {}", text.size() > 1 ? "," : "", margin, entry.dump());
  }
  return fmt::format("{}\n{}]", text, margin);
}

template <class Value>
std::string object(const nlohmann::ordered_json& json, int indent, Value value) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string text = "{";
  for (const auto& [key, part] : json.items()) {
    text += fmt::format("{}\n{}  {}: ", text.size() > 1 ? "," : "", margin,
                        nlohmann::ordered_json(key).dump());
    text += value(key, part);
  }
  text.append("\n").append(margin).append("}");
  return text;
}

/// The same of a list whose entries are written already, a line for each.
std::string written_lines(std::string_view entries, int indent) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string text = "[";
  text.reserve(entries.size() + entries.size() / 4);
  while (!entries.empty()) {
    const std::size_t end = std::min(entries.find('\n'), entries.size());
    if (text.size() > 1) text += ',';
    text.append("\n").append(margin).append("  ").append(entries.substr(0, end));
    entries.remove_prefix(std::min(end + 1, entries.size()));
  }
  return text + "\n" + margin + "]";
}

/// An object some of whose lists are long.
std::string with_long_lists(const nlohmann::ordered_json& json, std::string_view leaves) {
  return object(json, kStep, [&](std::string_view key, const nlohmann::ordered_json& part) {
    constexpr std::array<std::string_view, 4> kLong{"conversations", "leaves", "answers",
                                                    "executions"};
    if (key == "leaves" && !leaves.empty()) return written_lines(leaves, 2 * kStep);
    const bool long_list = std::ranges::find(kLong, key) != kLong.end();
    return long_list ? lines(part, 2 * kStep) : nested(part, 2 * kStep);
  });
}

}  // namespace

std::string report_text(const nlohmann::ordered_json& report, std::string_view leaves) {
  std::string text =
      object(report, 0, [&](std::string_view key, const nlohmann::ordered_json& part) {
        const bool has_long_lists = key == "proof" || key == "resume";
        return has_long_lists ? with_long_lists(part, leaves) : nested(part, kStep);
      });
  text += '\n';
  return text;
}

}  // namespace crumbproof::report
