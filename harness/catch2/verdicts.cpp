#include <crumbproof/catch2/verdicts.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/suite/described.hpp>

#include <algorithm>

namespace crumbproof::catch2 {

std::string headline_of(const std::string& text) {
  std::string headline;
  bool blank = false;
  const std::size_t end = std::min(text.find("\ntarget "), text.find("\n\n"));
  for (const char c : text.substr(0, end)) {
    const bool is_blank = c == ' ' || c == '\n';
    if (!is_blank || !blank) headline += is_blank ? ' ' : c;
    blank = is_blank;
  }
  return headline;
}

std::vector<std::string> property_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const properties::Property* property : scenario.search().properties) {
    names.emplace_back(property->name());
  }
  return names;
}

Report about_property(const Report& report, const std::string& property, const App& app,
                      const Scenario& scenario) {
  const search::CheckResult& all = report.result;
  const auto verdict = std::ranges::find(all.properties, property, &search::PropertyVerdict::name);
  const bool whole = all.verdict == search::Verdict::pass || all.verdict == search::Verdict::fail;
  if (!whole || verdict == all.properties.end()) return report;
  Report about{all, {}};
  about.result.verdict = verdict->verdict;
  about.result.reason = verdict->reason;
  about.result.properties = {*verdict};
  std::erase_if(about.result.counterexamples,
                [&](const search::Counterexample& found) { return found.property != property; });
  about.text = suite::described(about.result, {app, scenario, report.run_id});
  return about;
}

std::string tags_with(const std::function<Scenario()>& scenario, const std::string& tags) {
  std::string all = tags + "[crumbproof]";
  try {
    for (const std::string& property : property_names(scenario())) all += "[" + property + "]";
  } catch (const BadInput&) {
    return all;
  }
  return all;
}

}  // namespace crumbproof::catch2
