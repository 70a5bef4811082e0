#pragma once

// All that Catch2 tests of an app need.
#include <crumbproof/catch2/check.hpp>
#include <crumbproof/catch2/sections.hpp>
#include <crumbproof/catch2/survives.hpp>
