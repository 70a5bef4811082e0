#pragma once

// All of crumbproof::catch2.
#include <crumbproof/catch2/catch.hpp>
