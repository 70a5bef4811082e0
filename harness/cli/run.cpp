#include <crumbproof/cli/check_command.hpp>
#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/completions_command.hpp>
#include <crumbproof/cli/demo_command.hpp>
#include <crumbproof/cli/init_command.hpp>
#include <crumbproof/cli/list_command.hpp>
#include <crumbproof/cli/merge_command.hpp>
#include <crumbproof/cli/proxy_command.hpp>
#include <crumbproof/cli/replay_command.hpp>
#include <crumbproof/cli/run.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/serve_command.hpp>
#include <crumbproof/cli/verify_command.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>
#include <utility>
#include <variant>

namespace crumbproof::cli {

namespace {

using Command = ExitCode (*)(const Given&, Environment&);

constexpr std::array kCommands{
    std::pair<std::string_view, Command>{"check", check_command},
    std::pair<std::string_view, Command>{"replay", replay_command},
    std::pair<std::string_view, Command>{"verify", verify_command},
    std::pair<std::string_view, Command>{"merge", merge_command},
    std::pair<std::string_view, Command>{"serve", serve_command},
    std::pair<std::string_view, Command>{"demo", demo_command},
    std::pair<std::string_view, Command>{"init", init_command},
    std::pair<std::string_view, Command>{"list", list_command},
    std::pair<std::string_view, Command>{"completion", completion_command},
    std::pair<std::string_view, Command>{"man", man_command},
    std::pair<std::string_view, Command>{"proxy", proxy_command},
};

ExitCode carry_out(std::span<const std::string> args, Environment& environment) {
  for (const std::string& arg : args) {
    // All of them may come back in a report, which is UTF-8.
    if (twilio::valid_utf8(arg) != arg) throw BadInput("an argument is not valid UTF-8");
  }
  const auto parsed = parse_command_line(args);
  if (const auto* answer = std::get_if<Answer>(&parsed)) {
    environment.out << answer->text << std::flush;
    return ExitCode::pass;
  }
  const Given& given = std::get<Given>(parsed);
  read_token_file(given, environment);
  const auto* command =
      std::ranges::find(kCommands, given.command, &std::pair<std::string_view, Command>::first);
  return command->second(given, environment);
}

ExitCode complain(Environment& environment, ExitCode code, std::string_view what) {
  environment.err << "crumbproof: " << what << '\n' << std::flush;
  return code;
}

/// What it ends with if all of it could be printed, too: else it is no pass.
ExitCode checked_output(Environment& environment, ExitCode code) {
  if (environment.out.flush() || environment.out_has_no_reader()) return code;
  return complain(environment, code == ExitCode::pass ? ExitCode::usage : code,
                  "the standard output cannot be written: it is closed, or its disk is full");
}

}  // namespace

int run(std::span<const std::string> args, Environment& outside) {
  learn_secrets(args, outside);
  HidingStream out(outside.out, outside.secrets);
  HidingStream err(outside.err, outside.secrets);
  err.setf(std::ios::unitbuf);
  Environment environment = with_streams(outside, out, err);
  ExitCode code = ExitCode::defect;
  try {
    code = checked_output(environment, carry_out(args, environment));
  } catch (const BadInput& error) {
    code = complain(environment, ExitCode::usage, error.what());
  } catch (const target::AppFailed& failure) {
    code = complain(environment, ExitCode::app, failure.what());
  } catch (const std::exception& defect) {
    code = complain(environment, ExitCode::defect,
                    std::string("this is a defect of crumbproof itself: ") + defect.what());
  }
  return static_cast<int>(code);
}

}  // namespace crumbproof::cli
