#define CATCH_CONFIG_RUNNER
#include <cstdlib>

#include "effort.hpp"
#include <catch2/catch.hpp>

int main(int argc, char** argv) {
  // RapidCheck draws the same cases every time, unless the environment asks for others.
  ::setenv("RC_PARAMS", crumbproof::effort::kInstrumented ? "seed=1 max_success=40" : "seed=1", 0);
  return Catch::Session().run(argc, argv);
}
