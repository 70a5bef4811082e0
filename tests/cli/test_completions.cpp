#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/completions.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/man_page.hpp>

#include <string>

#include "stage.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace crumbproof;

namespace {

/// The part of a text from one string up to another, or to the end.
std::string part(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  REQUIRE(begin != std::string::npos);
  return text.substr(begin, text.find(to, begin + from.size()) - begin);
}

std::string words(const cli::Offered& offered) {
  std::string all;
  for (const cli::OfferedWord& word : offered.words) all += fmt::format("{} ", word.word);
  return all;
}

/// The option as roff has it, in bold.
std::string bold_option(std::string_view name) {
  std::string text = "\\fB";
  for (const char c : name) text += c == '-' ? std::string("\\-") : std::string(1, c);
  return text + "\\fR";
}

}  // namespace

TEST_CASE("completions and manual page have every option of every command") {
  const std::string bash = cli::completion_script(cli::Shell::bash);
  const std::string zsh = cli::completion_script(cli::Shell::zsh);
  const std::string fish = cli::completion_script(cli::Shell::fish);
  const std::string man = cli::man_page();
  for (const cli::CommandSpec& command : cli::commands()) {
    CAPTURE(command.name);
    const std::string of_bash = part(bash, fmt::format("    {}) echo", command.name), ";;");
    const std::string of_zsh = part(zsh, fmt::format("_crumbproof_of_{}()", command.name), "\n}");
    const std::string of_man = part(man, fmt::format(".SS \\fB{}\\fR", command.name), "\n.S");
    for (const cli::OptionSpec& option : command.options) {
      CAPTURE(option.name);
      CHECK_THAT(of_bash, Catch::Contains(fmt::format(" {} ", option.name)));
      CHECK_THAT(of_zsh, Catch::Contains(
                             fmt::format("{}{}[", option.name, option.value.empty() ? "" : "=")));
      CHECK_THAT(fish, Catch::Contains(fmt::format("'__crumbproof_is {}' -l {} -d ", command.name,
                                                   option.name.substr(2))));
      CHECK_THAT(of_man, Catch::Contains(".TP\n" + bold_option(option.name)));
    }
  }
}

TEST_CASE("the manual page has every variable that is looked at") {
  for (const char* const name : cli::known_variables()) {
    CHECK_THAT(cli::man_page(), Catch::Contains(name));
  }
}

TEST_CASE("what can be offered for a value follows from what --help calls it") {
  using cli::Offer;
  using cli::offered;
  CHECK(offered("--json", "FILE|-").offer == Offer::files);
  CHECK(offered({}, "REPORT").offer == Offer::files);
  CHECK(offered("--failures", "FOLDER|none").offer == Offer::files);
  CHECK(offered("--start", "CMD").offer == Offer::programs);
  CHECK(offered("--seed", "N").offer == Offer::nothing);
  CHECK(offered("--country", "CC").offer == Offer::one_of);
  CHECK(words(offered("--method", "POST|GET")) == "POST GET ");
  CHECK(offered("--faults", "LIST").offer == Offer::some_of);
  CHECK_THAT(words(offered("--faults", "LIST")), Catch::StartsWith("missing outage "));
  CHECK_THAT(words(offered("--properties", "LIST")), Catch::StartsWith("cookie-missing "));
  CHECK_THAT(words(offered("--assume", "LIST")), Catch::StartsWith("one-cookie "));
}

TEST_CASE("every list and every choice of the options has words to offer") {
  for (const cli::CommandSpec& command : cli::commands()) {
    for (const cli::OptionSpec& option : command.options) {
      CAPTURE(command.name, option.name);
      const cli::Offered offer = cli::offered(option.name, option.value);
      const bool of_words = offer.offer == cli::Offer::one_of || offer.offer == cli::Offer::some_of;
      CHECK(of_words != offer.words.empty());
    }
  }
}

TEST_CASE("completion and man print, and a shell that is not known is bad input") {
  Stage stage;
  CHECK(stage.run({"completion", "fish"}) == 0);
  CHECK(stage.out() == cli::completion_script(cli::Shell::fish));
  CHECK(stage.run({"man"}) == 0);
  CHECK_THAT(stage.out(), Catch::EndsWith(cli::man_page()));
  CHECK(stage.run({"completion", "bahs"}) == 2);
  CHECK(stage.err() == "crumbproof: there is no completion for \"bahs\"; did you mean \"bash\"?\n");
}
