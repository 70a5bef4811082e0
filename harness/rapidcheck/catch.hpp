#pragma once

#include <crumbproof/catch2/raw_failure.hpp>
#include <crumbproof/rapidcheck/arbitrary.hpp>
#include <crumbproof/rapidcheck/property.hpp>

#include <cstddef>
#include <iostream>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

/// A property as a SECTION of a Catch2 test, like rc::prop. Its id for RC_PARAMS is the name of the
/// test, a slash and the description, so what a failure prints reproduces it.
template <class Testable>
void prop(const std::string& description, Testable&& testable,
          const PropertySettings& settings = {}, const char* file = __builtin_FILE(),
          int line = __builtin_LINE()) {
  const Catch::SourceLineInfo at(file, static_cast<std::size_t>(line));
  if (const Catch::Section section{Catch::SectionInfo(at, description)}) {
    const std::string test = Catch::getResultCapture().getCurrentTestName();
    const PropertyOutcome outcome = check_testable(
        std::forward<Testable>(testable), {test + "/" + description, description}, settings);
    if (!outcome.holds) {
      catch2::fail({"prop", at, true}, outcome.headline, outcome.text);
      return;
    }
    if (outcome.skipped) std::cerr << outcome.headline << '\n';
    Catch::cout() << outcome.text;
    catch2::succeed({"prop", at, true});
  }
}

}  // namespace crumbproof::rapidcheck
