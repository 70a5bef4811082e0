#pragma once

// Of crumbproof::rapidcheck what needs no test framework; beside it there are
// crumbproof/rapidcheck/catch.hpp and crumbproof/rapidcheck/gtest.hpp.
#include <crumbproof/rapidcheck/arbitrary.hpp>
#include <crumbproof/rapidcheck/property.hpp>
