#include <crumbproof/report/command.hpp>

#include <algorithm>

namespace crumbproof::report {

namespace {

bool needs_no_quotes(char c) {
  constexpr std::string_view kSafe = "%+,-./:=@_";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         kSafe.find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::ranges::all_of(text, needs_no_quotes)) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string replay_command(std::string_view file) {
  if (file.empty()) return {};
  // A file name must not be taken for an option.
  const std::string_view here = file.starts_with('-') ? "./" : "";
  return "crumbproof replay " + shell_word(std::string(here) + std::string(file));
}

}  // namespace crumbproof::report
