#include <crumbproof/cli/run.hpp>

#include <string>
#include <vector>

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  auto environment = crumbproof::cli::process_environment();
  return crumbproof::cli::run(args, environment);
}
