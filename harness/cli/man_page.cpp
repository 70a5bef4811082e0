#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/exit_code.hpp>
#include <crumbproof/cli/man_page.hpp>
#include <crumbproof/report/version.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

/// What is named, and what is said of it.
struct ManEntry {
  std::string_view name;
  std::string_view text;
};

constexpr std::array kManVariables{
    ManEntry{"TWILIO_AUTH_TOKEN",
             "Requests are signed with this token, unless --auth-token gives another."},
    ManEntry{"TWILIO_API_KEY_SECRET, TWILIO_API_SECRET",
             "Are shown nowhere; the app that --start starts has them."},
    ManEntry{"CRUMBPROOF_CREDENTIALS",
             "As user:password, those of the app's URL where it has none."},
    ManEntry{
        "TWILIO_API_BASE_URL",
        "Set for the app that --start starts, with --api-port: where it finds the stand-in for "
        "Twilio's REST API."},
    ManEntry{"NO_COLOR", "No colors, if it is set to anything but nothing."},
    ManEntry{"TERM", "No colors, if it is dumb."},
    ManEntry{"GITHUB_ACTIONS", "If it is true, what is found is annotated for GitHub Actions."},
    ManEntry{"GITHUB_STEP_SUMMARY", "Of GitHub Actions: where a summary of the job is appended."},
    ManEntry{"CI_NODE_INDEX, CI_NODE_TOTAL", "Of GitLab: the shard, for --shard auto."},
    ManEntry{"JOB_COMPLETION_INDEX", "Of Kubernetes: the shard, for --shard auto/N."},
    ManEntry{"SLURM_ARRAY_TASK_ID, SLURM_ARRAY_TASK_MIN, SLURM_ARRAY_TASK_STEP, "
             "SLURM_ARRAY_TASK_COUNT",
             "Of Slurm: the shard, for --shard auto."},
};

constexpr std::array kManFiles{
    ManEntry{
        "crumbproof.yaml",
        "The scenario that check uses if it is there and nothing else is said. crumbproof init "
        "writes one to start from."},
    ManEntry{"crumbproof-failure.json",
             "Where check saves a counterexample, unless --save names another file."},
    ManEntry{"crumbproof-failures/",
             "Where check keeps failing schedules and runs them first, unless --failures names "
             "another folder."},
    ManEntry{"crumbproof-junit.xml, crumbproof-report.json",
             "The reports of check --ci, unless --junit and --json name other files."},
};

constexpr std::string_view kManExamples = R"(.PP
Judge an app that runs, by a conversation of three messages:
.PP
.EX
.RS 4
crumbproof check http://127.0.0.1:3000/sms \-\-say order \-\-say \(aq2 large\(aq \-\-say yes
.RE
.EE
.PP
Start the app, judge it by a scenario file, stop it:
.PP
.EX
.RS 4
crumbproof check http://127.0.0.1:3000/sms \-\-start \(aqnode app.js\(aq \-\-scenario crumbproof.yaml
.RE
.EE
.PP
Try a counterexample again, with the app mended:
.PP
.EX
.RS 4
crumbproof replay crumbproof\-failure.json
.RE
.EE
)";

/// Text as roff takes it word for word: backslashes, dashes and quotes are not its own, nor is a
/// dot or a quote at the beginning of a line.
std::string roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      default:
        escaped += c;
    }
  }
  return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", roff(text)); }

std::string tagged(const std::string& tag, std::string_view text) {
  return fmt::format(".TP\n{}\n{}\n", tag, roff(text));
}

template <class Entries>
std::string entries(const Entries& all) {
  std::string text;
  for (const ManEntry& entry : all) text += tagged(bold(entry.name), entry.text);
  return text;
}

/// What can follow the command's name.
std::string arguments_of(const CommandSpec& command) {
  std::string text;
  if (!command.argument.empty()) text += fmt::format(" {}", italic(command.argument));
  if (command.takes_more) text += "...";
  if (!command.second_argument.empty()) {
    text += fmt::format(" [{}]", italic(command.second_argument));
  }
  return text;
}

std::string synopsis() {
  std::string text;
  for (const CommandSpec& command : commands()) {
    text += text.empty() ? "" : ".br\n";
    text += fmt::format("{}{}{}\n", bold(fmt::format("crumbproof {}", command.name)),
                        arguments_of(command), command.options.empty() ? "" : " [OPTIONS]");
  }
  return text;
}

std::string options_of(const CommandSpec& command) {
  std::string text;
  std::string_view group;
  for (const OptionSpec& option : command.options) {
    if (option.group != group) {
      group = option.group;
      text += fmt::format(".PP\n{}:\n", roff(group));
    }
    std::string tag = bold(option.name);
    if (!option.value.empty()) tag += fmt::format(" {}", italic(option.value));
    text += tagged(tag, option.help);
  }
  return text;
}

std::string section_of(const CommandSpec& command) {
  std::string text = fmt::format(".SS {}{}\n{}.\n", bold(command.name), arguments_of(command),
                                 roff(command.summary));
  if (!command.argument.empty()) {
    text += tagged(italic(command.argument), command.argument_help);
  }
  if (!command.second_argument.empty()) {
    text += tagged(italic(command.second_argument), command.second_argument_help);
  }
  return text + options_of(command);
}

/// The lines of kExitCodes after the first, each code with what it means.
std::string exit_codes() {
  std::string text;
  std::string_view rest = kExitCodes.substr(kExitCodes.find('\n') + 1);
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    line.remove_prefix(line.find_first_not_of(' '));
    if (line.front() >= '0' && line.front() <= '9') {
      const std::size_t space = line.find(' ');
      text += fmt::format(".TP\n{}\n", bold(line.substr(0, space)));
      line.remove_prefix(line.find_first_not_of(' ', space));
    }
    text += fmt::format("{}\n", roff(line));
  }
  return text;
}

}  // namespace

std::string man_page() {
  std::string text = fmt::format(
      ".TH CRUMBPROOF 1 \"\" \"crumbproof {}\" \"User Commands\"\n"
      ".SH NAME\ncrumbproof \\- find out whether an SMS webhook app depends on cookies\n"
      ".SH SYNOPSIS\n{}",
      report::version(), synopsis());
  text +=
      ".SH DESCRIPTION\n"
      "It plays Twilio\\(aqs side to an app that answers incoming\\-SMS webhooks: it drops, delays "
      "and\n"
      "reorders cookies, requests and answers in every way within bounds, and says whether "
      "anything\n"
      "that the sender sees depends on it, with the smallest conversation that shows it.\n"
      ".SH COMMANDS\n"
      "Each command also takes \\fB\\-\\-help\\fR and \\fB\\-\\-version\\fR.\n";
  for (const CommandSpec& command : commands()) text += section_of(command);
  text += fmt::format(".SH EXIT STATUS\n{}.SH ENVIRONMENT\n{}.SH FILES\n{}.SH EXAMPLES\n{}",
                      exit_codes(), entries(kManVariables), entries(kManFiles), kManExamples);
  return text;
}

}  // namespace crumbproof::cli
