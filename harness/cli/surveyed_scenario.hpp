#pragma once

#include <crumbproof/cli/app_survey.hpp>

#include <string>
#include <string_view>

namespace crumbproof::cli {

/// The starter scenario (starter_scenario.hpp) with what the app was seen to do: what it was asked
/// and how it answered as comments, its own words in the place of the example's, GET if it takes no
/// POST.
std::string surveyed_scenario(const AppSurvey& survey, std::string_view url,
                              std::string_view method);

}  // namespace crumbproof::cli
