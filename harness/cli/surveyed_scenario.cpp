#include <crumbproof/cli/starter_scenario.hpp>
#include <crumbproof/cli/surveyed_scenario.hpp>
#include <crumbproof/report/text.hpp>

#include <cstddef>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::cli {

namespace {

/// As an item of a list in YAML; JSON's quotes leave nothing to be taken for something else.
std::string item(const std::string& word) {
  return nlohmann::json(word).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string list(const std::vector<std::string>& words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() > 1 ? ", " : "") + item(word);
  return text + "]";
}

/// A text as comments, however many lines it has.
std::string comment(std::string_view text) {
  constexpr std::size_t kWidth = 96;
  std::string lines;
  for (const std::string& line :
       report::wrap(report::harmless(text), kWidth, report::Breaking::anywhere)) {
    lines += fmt::format("# {}\n", line);
  }
  return lines;
}

void replace(std::string& text, std::string_view what, const std::string& by) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) throw std::logic_error("the starter scenario has changed");
  text.replace(at, what.size(), by);
}

std::string observations(const AppSurvey& survey, std::string_view url) {
  std::string text = comment(fmt::format("What the app at {} was seen to do:", url));
  for (std::size_t i = 0; i < survey.script.size(); ++i) {
    const std::string reply = i < survey.replies.size() ? survey.replies[i] : "nothing";
    text += comment(fmt::format("  \"{}\" -> {}", survey.script[i], reply));
  }
  std::string cookies;
  for (const std::string& name : survey.cookies) cookies += (cookies.empty() ? "" : ", ") + name;
  text += comment(cookies.empty() ? "It set no cookie, so faults on cookies have nothing to strike."
                                  : "It sets the cookies " + cookies + ".");
  if (survey.varies) {
    text += comment(
        "The same conversation was answered in another way the second time; see `ignore` below if "
        "that is as it should be.");
  }
  if (!survey.problem.empty()) text += comment("It has not answered soundly: " + survey.problem);
  for (const std::string& warning : survey.warnings) text += comment("Warning: " + warning);
  return text;
}

}  // namespace

std::string surveyed_scenario(const AppSurvey& survey, std::string_view url,
                              std::string_view method) {
  std::string text(kStarterScenario);
  replace(text, "http://127.0.0.1:3000/sms", std::string(url));
  replace(text, "  - name: order a pizza\n    say: [order, 2 large, \"yes\"]\n",
          "  - say: " + list(survey.script) + "\n");
  replace(text, "#alphabet: [order, 2 large, \"yes\", \"no\", status]\n",
          "#alphabet: " + list(survey.alphabet) + "\n");
  if (method != "POST") {
    replace(text, "#webhook:\n#  method: POST\n", fmt::format("webhook:\n  method: {}\n", method));
  }
  return observations(survey, url) + "\n" + text;
}

}  // namespace crumbproof::cli
