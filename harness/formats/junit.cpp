#include <crumbproof/formats/counterexample.hpp>
#include <crumbproof/formats/junit.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/text.hpp>

#include <sstream>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace crumbproof::formats {

namespace {

using search::CheckResult;
using search::PropertyVerdict;
using search::Verdict;

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(value.c_str());
}

/// What ended it, as a child of a test case.
void add_outcome(pugi::xml_node test, const char* element, std::string_view type,
                 const std::string& message, const std::string& text) {
  pugi::xml_node outcome = test.append_child(element);
  set(outcome, "type", std::string(type));
  set(outcome, "message", report::harmless(message));
  if (!text.empty()) outcome.text().set(text.c_str());
}

class Suite {
 public:
  Suite(const CheckResult& result, const report::RunInfo& info) : result_(result), info_(info) {}

  std::string write() {
    pugi::xml_node declaration = document_.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    pugi::xml_node root = document_.append_child("testsuites");
    suite_ = root.append_child("testsuite");
    set(suite_, "name", "crumbproof");
    add_properties();
    if (result_.verdict == Verdict::error) {
      ++errors_;
      add_outcome(add_case("app"), "error", "error", result_.reason, result_.reason);
    }
    for (const PropertyVerdict& property : result_.properties) add(property);
    add_warnings();
    add_counts(root);
    add_counts(suite_);
    std::ostringstream text;
    document_.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
    return text.str();
  }

 private:
  pugi::xml_node add_case(const std::string& name) {
    ++tests_;
    pugi::xml_node test = suite_.append_child("testcase");
    set(test, "classname", fmt::format("crumbproof.{}", info_.target));
    set(test, "name", name);
    // What a search costs belongs to no single property.
    set(test, "time", "0");
    return test;
  }

  void add(const PropertyVerdict& property) {
    pugi::xml_node test = add_case(property.name);
    switch (property.verdict) {
      case Verdict::pass:
        break;
      case Verdict::fail:
        ++failures_;
        fail(test, property);
        break;
      case Verdict::skipped:
        ++skipped_;
        add_outcome(test, "skipped", "skipped", property.reason, "");
        break;
      case Verdict::inconclusive:
      case Verdict::error:
        ++errors_;
        add_outcome(test, "error", "inconclusive", property.reason, property.reason);
        break;
    }
  }

  void fail(pugi::xml_node test, const PropertyVerdict& property) const {
    const search::Counterexample* const found = counterexample_of(result_, property.name);
    if (found == nullptr) {
      add_outcome(test, "failure", property.name, property.reason, property.reason);
      return;
    }
    add_outcome(
        test, "failure", property.name,
        fmt::format("{}; {}", report::accusation(found->property), to_string(found->schedule)),
        counterexample_text(*found, result_, info_));
  }

  void add_properties() {
    pugi::xml_node properties = suite_.append_child("properties");
    const auto add = [&](const char* name, const std::string& value) {
      pugi::xml_node property = properties.append_child("property");
      set(property, "name", name);
      set(property, "value", report::harmless(value));
    };
    add("version", info_.version);
    add("target", info_.target);
    add("seed", std::to_string(info_.seed));
    add("run_id", info_.run_id);
    add("command", info_.command);
  }

  void add_warnings() {
    std::string text = headline(result_, info_).text + '\n';
    for (const std::string& mask : result_.masks) text += fmt::format("masked: {}\n", mask);
    for (const std::string& warning : result_.warnings) {
      text += fmt::format("warning: {}\n", warning);
    }
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      shown += report::harmless(text.substr(at, end - at)) + '\n';
      at = end + 1;
    }
    suite_.append_child("system-out").text().set(shown.c_str());
  }

  void add_counts(pugi::xml_node node) const {
    set(node, "tests", std::to_string(tests_));
    set(node, "failures", std::to_string(failures_));
    set(node, "errors", std::to_string(errors_));
    if (std::string_view(node.name()) == "testsuite") {
      set(node, "skipped", std::to_string(skipped_));
    }
    set(node, "time", fmt::format("{:.3f}", info_.seconds));
  }

  const CheckResult& result_;
  const report::RunInfo& info_;
  pugi::xml_document document_;
  pugi::xml_node suite_;
  int tests_ = 0;
  int failures_ = 0;
  int errors_ = 0;
  int skipped_ = 0;
};

}  // namespace

std::string junit(const CheckResult& result, const report::RunInfo& info) {
  return Suite(result, info).write();
}

}  // namespace crumbproof::formats
