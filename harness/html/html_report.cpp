#include <crumbproof/html/assets.hpp>
#include <crumbproof/html/html_report.hpp>
#include <crumbproof/html/machine_drawing.hpp>
#include <crumbproof/html/markup.hpp>
#include <crumbproof/html/timeline.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/report/account.hpp>
#include <crumbproof/report/codes.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/json_report.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::html {

namespace {

using report::Headline;
using report::RunInfo;
using search::CheckResult;
using search::Counterexample;
using search::Verdict;

std::string without_spaces_after(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

class Document {
 public:
  Document(const CheckResult& result, const RunInfo& info)
      : result_(result), info_(info), headline_(report::headline(result, info)) {}

  std::string write() {
    head();
    verdict();
    text_ += "<main id=\"main\">\n";
    for (std::size_t i = 0; i < result_.counterexamples.size(); ++i) counterexample(i);
    properties();
    search();
    notes();
    machine();
    text_ += "</main>\n";
    foot();
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string verdict_word() const {
    return without_spaces_after(headline_.word.text);
  }

  void head() {
    const std::string policy = fmt::format(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; "
        "form-action 'none'",
        policy_hash(style_sheet()), policy_hash(script()));
    text_ += fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<link rel=\"icon\" href=\"data:,\">\n"
        "<title>{}: {} (crumbproof)</title>\n<style>{}</style>\n</head>\n<body>\n"
        "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n",
        policy, escaped(verdict_word()), sentence(info_.target), style_sheet());
  }

  void verdict() {
    text_ +=
        fmt::format("<header class=\"verdict {}\">\n<h1><span class=\"word\">{}</span> {}</h1>\n",
                    to_string(result_.verdict), escaped(verdict_word()), sentence(headline_.text));
    text_ += "<dl class=\"run\">";
    row("Target", fmt::format("<code>{}</code>", sentence(info_.target)));
    row("Seed", fmt::format("{}", info_.seed));
    row("Run id", sentence(info_.run_id));
    row("crumbproof", sentence(info_.version));
    text_ += "</dl>\n</header>\n";
    contents();
  }

  void contents() {
    text_ += "<nav aria-label=\"Contents\"><ul>\n";
    const std::size_t found = result_.counterexamples.size();
    for (std::size_t i = 0; i < found; ++i) {
      link(fmt::format("counterexample-{}", i + 1),
           found == 1 ? std::string("Counterexample")
                      : fmt::format("Counterexample {}: {}", i + 1,
                                    sentence(result_.counterexamples[i].property)));
    }
    link("properties", "Properties");
    link("search", "What was searched");
    if (has_notes()) link("notes", "Masks, warnings, codes");
    if (has_machine()) link("machine", "State machine");
    text_ += "</ul></nav>\n";
  }

  void link(std::string_view id, std::string_view name) {
    text_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, name);
  }

  void row(std::string_view name, std::string_view content) {
    text_ += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, content);
  }

  void command(std::string_view name, const std::string& command) {
    if (command.empty()) return;
    text_ += fmt::format(
        "<p class=\"command\"><span class=\"name\">{}:</span> <code tabindex=\"0\" "
        "role=\"textbox\" aria-readonly=\"true\" aria-label=\"{}\">{}</code></p>\n",
        name, name, sentence(command));
  }

  void counterexample(std::size_t index) {
    const Counterexample& found = result_.counterexamples[index];
    const std::size_t number = index + 1;
    const std::string title = result_.counterexamples.size() == 1
                                  ? std::string("Counterexample")
                                  : fmt::format("Counterexample {}", number);
    text_ += fmt::format(
        "<section id=\"counterexample-{0}\" aria-labelledby=\"title-{0}\">\n"
        "<h2 id=\"title-{0}\">{1}: {2}</h2>\n<p class=\"schedule\">{3}</p>\n",
        number, title, sentence(found.property), verbatim(to_string(found.schedule)));
    text_ += fmt::format("<p>{}: {} ({}).</p>\n", sentence(found.property),
                         sentence(report::accusation(found.property)), report::provenance(found));
    text_ += expected_and_actual(found.difference.expected, found.difference.actual);
    first_difference(found, number);
    if (!found.cause.empty()) text_ += fmt::format("<p>{}</p>\n", sentence(found.cause));
    if (const properties::Property* property = properties::find(found.property)) {
      text_ += fmt::format("<p>What to change: {}</p>\n", escaped(property->remedy()));
    }
    text_ += fmt::format("<p>Minimal: {}.</p>\n", report::minimality(found));
    if (index == 0) command("Replay it", report::replay_command(info_.replay_file));
    timelines(found, number);
    text_ += "</section>\n";
  }

  void first_difference(const Counterexample& found, std::size_t number) {
    if (found.difference.kind == properties::DifferenceKind::probe) {
      text_ += "<p class=\"note\">This is what the probe returned in the end.</p>\n";
      return;
    }
    text_ += fmt::format(
        "<p class=\"note\"><a href=\"#c{0}-actual-{1}\">At delivery {1} the two differ "
        "first</a></p>"
        "\n",
        number, found.difference.delivery.value());
  }

  void timelines(const Counterexample& found, std::size_t number) {
    const std::string actual_id = fmt::format("c{}-actual", number);
    const std::string twin_id = fmt::format("c{}-twin", number);
    const std::string actual_name =
        fmt::format("Deliveries of counterexample {}, under its faults", number);
    const std::string twin_name = fmt::format("Deliveries of its fresh twin ({})", number);
    text_ +=
        "<h3>Under the faults</h3>\n<p class=\"hint note\">Each delivery opens to its "
        "parameters, cookies and answer.</p>\n";
    text_ += timeline({found.schedule, found.actual, wire(found.actual_wire), found.expected,
                       &found.difference, actual_id, twin_id, actual_name});
    text_ +=
        "<h3>The fresh twin</h3>\n<p>The same deliveries in the same order, with every "
        "cookie delivered and up to date.</p>\n";
    text_ += timeline({found.schedule, found.expected, wire(found.expected_wire), found.actual,
                       nullptr, twin_id, actual_id, twin_name});
  }

  static const run::Wire* wire(const std::optional<run::Wire>& wire) {
    return wire ? &*wire : nullptr;
  }

  void properties() {
    text_ +=
        "<section id=\"properties\" aria-labelledby=\"properties-title\">\n"
        "<h2 id=\"properties-title\">Properties</h2>\n<table>"
        "<caption class=\"sr\">Verdicts by property</caption><thead><tr>"
        "<th scope=\"col\">Property</th><th scope=\"col\">Verdict</th>"
        "<th scope=\"col\">Why</th></tr></thead><tbody>\n";
    for (const search::PropertyVerdict& property : result_.properties) {
      text_ +=
          fmt::format("<tr><th scope=\"row\">{}</th><td class=\"{}\">{}</td><td>{}</td></tr>\n",
                      sentence(property.name), to_string(property.verdict),
                      to_string(property.verdict), sentence(property.reason));
    }
    text_ += "</tbody></table>\n</section>\n";
  }

  void search() {
    const search::Bounds& bounds = result_.bounds;
    text_ +=
        "<section id=\"search\" aria-labelledby=\"search-title\">\n"
        "<h2 id=\"search-title\">What was searched</h2>\n<dl>\n";
    row("Bounds", fmt::format("up to {}, {}", report::size(bounds),
                              bounds.exhausted ? "exhausted" : "not exhausted"));
    row("Searched", report::searched(result_));
    if (result_.stats.pruned > 0) row("Pruned", report::pruned(bounds));
    if (bounds.not_comparable > 0) {
      row("Not comparable", report::count(bounds.not_comparable, "schedule", "schedules"));
    }
    if (bounds.random) row("Not known", report::not_known(*bounds.random));
    if (bounds.interleavings) row("Races", report::races(*bounds.interleavings));
    if (bounds.handler_orders) row("Handlers", report::handlers(*bounds.handler_orders));
    row("On the app", report::cost(result_.stats, info_.seconds));
    row("Cookie's worth", result_.cookie_worth
                              ? report::worth(*result_.cookie_worth)
                              : "not known: too few requests came both with cookies and without");
    row("Trace hash", fmt::format("<code>{:016x}</code>", result_.trace_hash));
    text_ += "</dl>\n";
    command("Run it again", info_.command);
    text_ += "</section>\n";
  }

  [[nodiscard]] bool has_notes() const {
    return !result_.masks.empty() || !result_.warnings.empty() ||
           !report::codes_in(result_).empty();
  }

  void list(std::string_view title, const std::vector<std::string>& sentences) {
    if (sentences.empty()) return;
    text_ += fmt::format("<h3>{}</h3>\n<ul>\n", title);
    for (const std::string& text : sentences) {
      text_ += fmt::format("<li>{}</li>\n", sentence(text));
    }
    text_ += "</ul>\n";
  }

  void notes() {
    if (!has_notes()) return;
    text_ +=
        "<section id=\"notes\" aria-labelledby=\"notes-title\">\n"
        "<h2 id=\"notes-title\">Masks, warnings, codes</h2>\n";
    list("Warnings", result_.warnings);
    list("Masked", result_.masks);
    std::vector<std::string> codes;
    for (const twilio::ErrorCode* code : report::codes_in(result_)) {
      codes.push_back(fmt::format("Twilio {}: {} {}", code->code, code->meaning, code->remedy));
    }
    list("Twilio's codes", codes);
    text_ += "</section>\n";
  }

  [[nodiscard]] bool has_machine() const {
    return result_.machine && !result_.machine->edges.empty();
  }

  void machine() {
    if (!has_machine()) return;
    text_ +=
        "<section id=\"machine\" aria-labelledby=\"machine-heading\">\n"
        "<h2 id=\"machine-heading\">State machine</h2>\n";
    text_ += machine_drawing(*result_.machine);
    text_ += "</section>\n";
  }

  void foot() {
    text_ += fmt::format(
        "<footer><p>crumbproof {}. Numbers, SIDs and tokens stand as names in braces; cookie "
        "values are left out.</p></footer>\n"
        "<script type=\"application/json\" id=\"report\">{}</script>\n<script>{}</script>\n"
        "</body>\n</html>\n",
        sentence(info_.version), data_block(report::report_without_proof(result_, info_)),
        script());
  }

  const CheckResult& result_;
  const RunInfo& info_;
  Headline headline_;
  std::string text_;
};

}  // namespace

std::string html_report(const CheckResult& result, const RunInfo& info) {
  return Document(result, info).write();
}

}  // namespace crumbproof::html
