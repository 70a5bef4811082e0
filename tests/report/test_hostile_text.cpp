#include <crumbproof/report/console.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <array>
#include <sstream>
#include <string>
#include <vector>

#include "sample.hpp"
#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using report::console;
namespace sample = report::sample;

namespace {

/// A result in which every text that comes from outside is this one.
search::CheckResult with(const std::string& text) {
  search::CheckResult result = sample::fail();
  search::Counterexample& found = result.counterexamples[0];
  for (Message& message : found.schedule.messages) message.body = text;
  found.schedule.faults = {
      {"partial", DeliveryNumber(2), Parameter{"withheld", std::vector<std::string>{text}}}};
  for (Delivery& delivery : found.actual.deliveries) {
    delivery.faults = {"partial", text};
    delivery.cookies = {{text, DeliveryNumber(1)}};
    delivery.answer.edit().set_cookies = {text};
  }
  found.actual.deliveries[1].kind = DeliveryKind::redirect;
  found.actual.deliveries[1].url = text;
  found.actual.deliveries[1].method = text;
  for (Outcome& outcome : found.actual.outcomes) {
    outcome.messages[0] = {text, text, text, {text}};
    outcome.error_code = 1;
    outcome.problem = text;
  }
  found.difference.expected = text;
  found.difference.actual = text + "!";
  found.cause = text;
  found.property = text;
  result.properties[1].reason = text;
  result.reason = text;
  result.masks = {text};
  result.warnings = {text};
  return result;
}

search::ReplayResult replay_with(const std::string& text) {
  const search::CheckResult check = with(text);
  search::ReplayResult result;
  result.reason = text;
  result.schedule = check.counterexamples[0].schedule;
  result.actual = check.counterexamples[0].actual;
  result.difference = check.counterexamples[0].difference;
  result.changes = {{DeliveryNumber(1), text, text + "!"}};
  return result;
}

report::RunInfo info_with(const std::string& text) {
  return {text, 1, text, text, 1.0, text + ".json", text};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool is_harmless(const std::string& text) {
  for (const std::string& line : lines_of(text)) {
    if (report::harmless(line) != line) return false;
  }
  return true;
}

bool is_command(const std::string& line) {
  return line.starts_with("Run it again:") || line.starts_with("Replay it:");
}

/// The first line that is wider than it may be; empty if there is none.
std::string too_wide(const std::string& text, std::size_t width) {
  for (const std::string& line : lines_of(text)) {
    if (report::columns(line) > width && !is_command(line)) return line;
  }
  return "";
}

/// The first line between the lifelines that does not end at the right one; empty if there is none.
std::string out_of_line(const std::string& text, std::size_t width) {
  for (const std::string& line : lines_of(text)) {
    const bool inside = line.starts_with("  │") || line.starts_with("  ├");
    if (!inside) continue;
    if (report::columns(line) != width) return line;
    if (!line.ends_with("│") && !line.ends_with("┤")) return line;
  }
  return "";
}

std::string any_hostile_text() {
  constexpr std::array kPieces{"word ",
                               "longerwordthanmost",
                               " ",
                               "  ",
                               "\n",
                               "\x1b[2J",
                               "\x1b]0;title\x07",
                               "\r",
                               "\xff",
                               "\xc2\x9b",
                               "\xe2\x80\xae",
                               "\xf0\x9f\x8d\x95",
                               "\xe6\x97\xa5",
                               "e\xcc\x81",
                               "\\",
                               "\"",
                               "│",
                               "\xf0\x9f",
                               "\t",
                               "http:/"};
  std::string text;
  constexpr int kMost = 30;
  const auto picks = *rc::gen::resize(kMost, rc::gen::container<std::vector<std::size_t>>(
                                                 rc::gen::inRange<std::size_t>(0, kPieces.size())));
  for (const std::size_t pick : picks) text += kPieces[pick];
  return text;
}

}  // namespace

TEST_CASE("What the app says cannot drive the terminal") {
  const std::string text = "\x1b]0;owned\x07\x1b[2J\r\nFAKE  all is well\xc2\x9b\xff";
  for (const std::string& shown : {console(with(text), info_with(text), {}),
                                   console(replay_with(text), info_with(text), {})}) {
    CHECK(is_harmless(shown));
    CHECK(shown.find("\nFAKE") == std::string::npos);
    CHECK(shown.find(R"(\x1b]0;owned\x07\x1b[2J\r\nFAKE)") != std::string::npos);
  }
}

TEST_CASE("An escape sequence in a reply does not come through among our own colours") {
  const std::string shown =
      console(with("\x1b[5mblink"), sample::info(), {.color = true, .width = 120});
  CHECK(shown.find("\x1b[5m") == std::string::npos);
  CHECK(shown.find(R"(\x1b[5mblink)") != std::string::npos);
}

TEST_CASE("Ordinary reports keep to 60, 80 and 120 columns") {
  search::CheckResult result = sample::fail();
  result.warnings = {
      "no cookie was ever sent back: see its Domain, Path, Secure and lifetime, or let "
      "the conversation go on after it is set"};
  for (const std::size_t width : {40U, 60U, 80U, 100U, 120U}) {
    for (const bool verbose : {false, true}) {
      const std::string shown =
          console(result, sample::info(), {.width = width, .verbose = verbose});
      CHECK(too_wide(shown, width).empty());
      CHECK(out_of_line(shown, std::min<std::size_t>(width, 100)).empty());
    }
  }
}

TEST_CASE("A terminal without a width gets a narrow report") {
  const std::string shown = console(sample::fail(), sample::info(), {.width = 0});
  CHECK(too_wide(shown, 40).empty());
  CHECK(out_of_line(shown, 40).empty());
}

TEST_CASE("Whatever the app says, lines are harmless, no wider than allowed and in line") {
  CHECK(rc::check([] {
    const std::string text = any_hostile_text();
    const std::size_t width = *rc::gen::element<std::size_t>(60, 80, 120);
    for (const std::string& shown :
         {console(with(text), sample::info(), {.width = width}),
          console(replay_with(text), sample::info(), {.width = width})}) {
      RC_ASSERT(is_harmless(shown));
      RC_ASSERT(too_wide(shown, width) == "");
      RC_ASSERT(out_of_line(shown, std::min<std::size_t>(width, 100)) == "");
    }
  }));
}
