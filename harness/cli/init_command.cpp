#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/init_command.hpp>
#include <crumbproof/cli/starter_scenario.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <filesystem>

#include <fmt/format.h>

namespace crumbproof::cli {

ExitCode init_command(const Given& given, Environment& environment) {
  constexpr const char* kName = "crumbproof.yaml";
  const OutputFile file(environment.folder, kName);
  if (!given.has("--force") && std::filesystem::exists(environment.folder / kName)) {
    throw BadInput(fmt::format("{} is there already; --force replaces it", kName));
  }
  file.write(kStarterScenario);
  environment.out << fmt::format(
                         "Wrote {}. Put your app's own messages in it, then run:\n"
                         "  crumbproof check http://127.0.0.1:3000/sms\n",
                         kName)
                  << std::flush;
  return ExitCode::pass;
}

}  // namespace crumbproof::cli
