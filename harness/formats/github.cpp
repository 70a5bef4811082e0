#include <crumbproof/formats/counterexample.hpp>
#include <crumbproof/formats/github.hpp>
#include <crumbproof/formats/place.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::formats {

namespace {

using report::harmless;
using search::CheckResult;
using search::Counterexample;
using search::Verdict;

/// GitHub shows no summary of more than 1 MiB; some of that is left to the rest of it.
constexpr std::size_t kMostSummaryBytes = 900'000;

/// What a workflow command's message, or a property of it, cannot hold.
std::string escaped(std::string_view text, bool is_property) {
  std::string result;
  for (const char c : text) {
    const bool reserved =
        c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
    result += reserved ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return result;
}

std::string annotation(std::string_view level, std::string_view title, std::string_view text,
                       const std::optional<Place>& place = std::nullopt) {
  std::string properties = fmt::format("title={}", escaped(title, true));
  if (place) {
    properties =
        fmt::format("file={},line={},{}", escaped(place->file, true), place->line, properties);
  }
  return fmt::format("::{} {}::{}\n", level, properties, escaped(text, false));
}

/// A fence that is longer than any run of backticks in the text (CommonMark section 4.5).
std::string fenced(const std::string& text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}text\n{}{}{}\n", fence, text, text.ends_with('\n') ? "" : "\n", fence);
}

/// A text in a cell of a table.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : harmless(text)) {
    constexpr std::string_view kSpecial = "\\`*_{}[]<>|#&";
    if (kSpecial.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string_view mark(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "✅ pass";
    case Verdict::fail:
      return "❌ fail";
    case Verdict::skipped:
      return "⏭️ skipped";
    case Verdict::inconclusive:
    case Verdict::error:
      break;
  }
  return "❔ inconclusive";
}

}  // namespace

std::string github_annotations(const CheckResult& result, const report::RunInfo& info) {
  std::string text;
  for (const Counterexample& found : result.counterexamples) {
    text += annotation(
        "error", fmt::format("crumbproof: {}", found.property),
        harmless(fmt::format("{}: {}. Expected {}, got {}. {}", report::accusation(found.property),
                             to_string(found.schedule), found.difference.expected,
                             found.difference.actual, found.cause)),
        place_of(found, info));
  }
  if (result.verdict != Verdict::pass && result.verdict != Verdict::fail) {
    text += annotation("error", "crumbproof", harmless(headline(result, info).text));
  }
  for (const std::string& warning : result.warnings) {
    text += annotation("warning", "crumbproof", harmless(warning));
  }
  return text;
}

std::string github_summary(const CheckResult& result, const report::RunInfo& info) {
  const report::Headline first = headline(result, info);
  std::string word = first.word.text;
  while (word.ends_with(' ')) word.pop_back();
  std::string text = fmt::format("## crumbproof: {}\n\n{}\n\n", word, cell(first.text));
  if (!result.properties.empty()) text += "| property | verdict | |\n|---|---|---|\n";
  for (const search::PropertyVerdict& property : result.properties) {
    text += fmt::format("| `{}` | {} | {} |\n", property.name, mark(property.verdict),
                        cell(property.reason));
  }
  std::size_t left_out = 0;
  for (const Counterexample& found : result.counterexamples) {
    const std::string section = fmt::format("\n### {}\n\n{}", found.property,
                                            fenced(counterexample_text(found, result, info)));
    if (text.size() + section.size() > kMostSummaryBytes) {
      ++left_out;
    } else {
      text += section;
    }
  }
  if (left_out > 0) {
    text += fmt::format("\n{} found no room here; the reports have all\n",
                        report::count(left_out, "counterexample", "counterexamples"));
  }
  if (!result.warnings.empty() || !result.masks.empty()) text += "\n";
  for (const std::string& mask : result.masks) text += fmt::format("- masked: {}\n", cell(mask));
  for (const std::string& warning : result.warnings) {
    text += fmt::format("- warning: {}\n", cell(warning));
  }
  text += fmt::format("\n`{}`, seed {}, run {}\n", info.target, info.seed, info.run_id);
  return text;
}

}  // namespace crumbproof::formats
