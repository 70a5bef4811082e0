#include <crumbproof/cli/exit_code.hpp>
#include <crumbproof/cli/help.hpp>
#include <crumbproof/report/version.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

class Formatter final : public CLI::Formatter {
 public:
  explicit Formatter(std::string usage) : usage_(std::move(usage)) {}

  std::string make_usage(const CLI::App* /*app*/, std::string /*name*/) const override {
    return fmt::format("Usage: {}\n", usage_);
  }

 private:
  std::string usage_;
};

}  // namespace

void shape_help(CLI::App& app, const std::string& usage) {
  constexpr std::size_t kColumn = 28;
  auto formatter = std::make_shared<Formatter>(usage);
  formatter->column_width(kColumn);
  formatter->label("Positionals", "Arguments");
  app.formatter(std::move(formatter));
  app.set_help_flag("-h,--help", "Print this and exit.");
  app.set_version_flag("--version", std::string(report::version()), "Print the version and exit.");
  app.footer(std::string(kExitCodes));
}

std::string help_text(const CLI::App& app) {
  constexpr std::string_view kTwoEmptyLines = "\n\n\n";
  std::string text = app.help();
  for (std::size_t at = text.find(kTwoEmptyLines); at != std::string::npos;
       at = text.find(kTwoEmptyLines)) {
    text.erase(at, 1);
  }
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

std::string wrapped(std::string_view text) {
  constexpr std::size_t kWidth = 52;
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column > 0 && column + 1 + word.size() > kWidth) {
      result += '\n';
      column = 0;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result;
}

}  // namespace crumbproof::cli
