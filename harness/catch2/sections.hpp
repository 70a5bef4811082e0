#pragma once

#include <crumbproof/catch2/raw_failure.hpp>
#include <crumbproof/catch2/verdicts.hpp>
#include <crumbproof/suite/check.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof::catch2 {

/// A SECTION for each property of one search. Catch runs the test once for each section, in their
/// order, so what was found is kept from one to the next; a section that does not come after the
/// last one begins a new round (the next value of a GENERATE), and a new search.
class PropertySections {
 public:
  /// Runs the sections of the scenario's properties; to be called once in a run of the test.
  void run(const Assertion& assertion, const App& app, Scenario scenario) {
    const std::vector<std::string> names = property_names(scenario);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Catch::Section section{Catch::SectionInfo(assertion.line, names[i])};
      if (!section) continue;
      if (!report_ || i <= last_) report_ = crumbproof::check(app, scenario.keep_going());
      last_ = i;
      const Report about = about_property(*report_, names[i], app, scenario);
      if (about.passed()) {
        succeed(assertion);
      } else {
        fail(assertion, headline_of(about.text), about.text);
      }
    }
  }

 private:
  std::optional<Report> report_;
  std::size_t last_ = 0;
};

/// Runs the sections of one place in the code, which a lambda of its own tells from others.
template <class Place>
void run_sections(Place /*place*/, const Assertion& assertion, const App& app,
                  const Scenario& scenario) {
  static PropertySections sections;
  sections.run(assertion, app, scenario);
}

}  // namespace crumbproof::catch2

/// A section for each property, of its name: `-c cookie-missing` looks at that one alone. One
/// search goes on until it knows of each property whether it holds.
#define CRUMBPROOF_SECTIONS(app, ...) \
  ::crumbproof::catch2::run_sections( \
      [] {}, {"CRUMBPROOF_SECTIONS", CATCH_INTERNAL_LINEINFO, false}, (app), (__VA_ARGS__))

/// A test of these sections and nothing else. It has the tag [crumbproof] and one for each property
/// beside its own tags, so `test "[cookie-missing]"` runs all that look at that property.
#define CRUMBPROOF_TEST_CASE(name, tags, app, ...)                                               \
  INTERNAL_CATCH_TESTCASE(name, ::crumbproof::catch2::tags_with(                                 \
                                    [] { return ::crumbproof::Scenario(__VA_ARGS__); }, tags)) { \
    CRUMBPROOF_SECTIONS(app, __VA_ARGS__);                                                       \
  }
