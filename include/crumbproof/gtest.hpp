#pragma once

// All of crumbproof::gtest.
#include <crumbproof/rapidcheck/gtest.hpp>
