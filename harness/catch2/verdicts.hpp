#pragma once

#include <crumbproof/suite/check.hpp>

#include <functional>
#include <string>
#include <vector>

namespace crumbproof::catch2 {

/// The verdict of a report, on one line.
std::string headline_of(const std::string& text);

/// The properties that a scenario looks at, in the order of the documentation.
std::vector<std::string> property_names(const Scenario& scenario);

/// What a report says of one property alone: the verdict, and the text for that verdict. An app
/// that could not be judged at all fails each.
Report about_property(const Report& report, const std::string& property, const App& app,
                      const Scenario& scenario);

/// The tags, `[crumbproof]` and a tag for each property of the scenario. A scenario that makes no
/// sense has no properties here; the test itself says what is wrong with it.
std::string tags_with(const std::function<Scenario()>& scenario, const std::string& tags);

}  // namespace crumbproof::catch2
