#include <crumbproof/cli/run.hpp>
#include <crumbproof/cli/secrets.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  crumbproof::cli::blank_secrets(std::span(argv, static_cast<std::size_t>(argc)));
  auto environment = crumbproof::cli::process_environment();
  return crumbproof::cli::run(args, environment);
}
