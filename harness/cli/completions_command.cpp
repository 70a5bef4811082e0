#include <crumbproof/cli/completions.hpp>
#include <crumbproof/cli/completions_command.hpp>
#include <crumbproof/cli/man_page.hpp>

#include <ostream>

namespace crumbproof::cli {

ExitCode completion_command(const Given& given, Environment& environment) {
  environment.out << completion_script(parse_shell(given.arguments.front())) << std::flush;
  return ExitCode::pass;
}

ExitCode man_command(const Given& /*given*/, Environment& environment) {
  environment.out << man_page() << std::flush;
  return ExitCode::pass;
}

}  // namespace crumbproof::cli
