#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

constexpr std::string_view kTokenOption = "--auth-token";
constexpr std::string_view kTokenFileOption = "--auth-token-file";
constexpr const char* kTokenVariable = "TWILIO_AUTH_TOKEN";

/// Of the environment: which variables are secret, and what is shown for them.
constexpr std::array<std::pair<const char*, const char*>, 3> kSecretVariables{
    {{kTokenVariable, "AuthToken"},
     {"TWILIO_API_KEY_SECRET", "ApiSecret"},
     {"TWILIO_API_SECRET", "ApiSecret"}}};

/// What `act` is told of: each token among the arguments.
template <class Arg, class Act>
void for_each_token(std::span<Arg> args, Act act) {
  bool next = false;
  for (Arg& arg : args) {
    const std::string_view text(arg);
    if (std::exchange(next, text == kTokenOption)) {
      act(arg, 0);
    } else if (text.starts_with(kTokenOption) &&
               text.substr(kTokenOption.size()).starts_with('=')) {
      act(arg, kTokenOption.size() + 1);
    }
  }
}

/// Commands have no place of their own for a password.
bool is_shell_command(std::string_view option) {
  return option == "--start" || option == "--before-each";
}

bool others_can_read(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const auto others = fs::perms::group_read | fs::perms::others_read;
  return !error && fs::is_regular_file(status) &&
         (status.permissions() & others) != fs::perms::none;
}

}  // namespace

std::string without_token(std::string text, const std::string& token) {
  constexpr std::string_view kInstead = "$TWILIO_AUTH_TOKEN";
  if (token.empty()) return text;
  for (std::size_t at = text.find(token); at != std::string::npos;
       at = text.find(token, at + kInstead.size())) {
    text.replace(at, token.size(), kInstead);
  }
  return text;
}

void learn_secrets(std::span<const std::string> args, const Environment& environment) {
  twilio::Secrets& secrets = *environment.secrets;
  for (const auto& [variable, name] : kSecretVariables) {
    secrets.add(environment.variable(variable), name);
  }
  const std::string credentials = environment.variable("CRUMBPROOF_CREDENTIALS");
  secrets.add(credentials.substr(credentials.find(':') + 1), "Password");
  for_each_token(args, [&](const std::string& arg, std::size_t at) {
    secrets.add(std::string_view(arg).substr(at), "AuthToken");
  });
  for (const std::string& arg : args) secrets.add_url_passwords(arg, "Password");
}

void read_token_file(const Given& given, Environment& environment) {
  const auto path = given.value(kTokenFileOption);
  if (!path) return;
  if (given.has(kTokenOption)) {
    throw BadInput(fmt::format("{} and {} both give a token; leave one of them out", kTokenOption,
                               kTokenFileOption));
  }
  constexpr std::size_t kMostTokenBytes = 1024;
  const std::filesystem::path file = environment.folder / *path;
  std::string token = read_file(file, *path, kMostTokenBytes);
  while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
  const bool one_word =
      !token.empty() && std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!one_word) {
    throw BadInput(fmt::format("{}: {} holds no token, which is one word on a line of its own",
                               kTokenFileOption, *path));
  }
  if (others_can_read(file)) {
    environment.err << fmt::format(
        "crumbproof: warning: others on this machine can read {}; chmod 600 {} ends that\n", *path,
        report::shell_word(*path));
  }
  environment.secrets->add(token, "AuthToken");
  environment.variables[kTokenVariable] = std::move(token);
}

std::vector<std::string> password_warnings(const Given& given) {
  std::vector<std::string> warnings;
  const auto look_at = [&](std::string_view place, const std::string& value) {
    if (twilio::url_users(value).empty()) return;
    warnings.push_back(fmt::format(
        "others on this machine can read the password in {} in the list of processes; they cannot "
        "read CRUMBPROOF_CREDENTIALS (user:password) in the environment",
        place));
  };
  for (const std::string& argument : given.arguments) look_at("URL", argument);
  for (const auto& [name, values] : given.options) {
    if (is_shell_command(name)) continue;
    for (const std::string& value : values) look_at(name, value);
  }
  return warnings;
}

void blank_secrets(std::span<char*> args) {
  const auto blank = [](char* from, std::size_t count) { std::fill_n(from, count, '*'); };
  for_each_token(
      args, [&](char* arg, std::size_t at) { blank(arg + at, std::string_view(arg).size() - at); });
  for (char* const arg : args) {
    const std::string_view text(arg);
    for (const std::string& user : twilio::url_users(text)) {
      for (std::size_t at = text.find(user); at != std::string_view::npos; at = text.find(user)) {
        blank(arg + at, user.size());
      }
    }
  }
}

HidingStream::HidingStream(std::ostream& to, std::shared_ptr<const twilio::Secrets> secrets)
    : std::stringbuf(std::ios::out),
      std::ostream(static_cast<std::stringbuf*>(this)),
      to_(to),
      secrets_(std::move(secrets)) {}

HidingStream::~HidingStream() { sync(); }

int HidingStream::sync() {
  std::string text = std::stringbuf::str();
  std::stringbuf::str("");
  if (!text.empty()) to_ << secrets_->hidden(std::move(text));
  to_ << std::flush;
  if (to_) return 0;
  to_.clear();  // that it has failed is this stream's to say, until that is cleared
  return -1;
}

}  // namespace crumbproof::cli
