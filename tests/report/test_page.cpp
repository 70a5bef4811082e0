#include <crumbproof/report/page.hpp>

#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof::report;

TEST_CASE("Only what there is gets a colour, and only where it is wanted") {
  const Style colourful{.color = true};
  CHECK(paint("bad", Tone::bad, colourful) == "\x1b[1;31mbad\x1b[0m");
  CHECK(paint("bad", Tone::bad, {}) == "bad");
  CHECK(paint("plain", Tone::plain, colourful) == "plain");
  CHECK(paint("", Tone::bad, colourful).empty());
}

TEST_CASE("Beside a label that leaves no room each character has a line of its own") {
  const Style narrow{.width = 1};
  Page page(narrow);
  const std::string label(kNarrowest, 'l');
  page.paragraph({label, Tone::plain}, "ab");
  CHECK(page.text() == label + "a\n" + std::string(kNarrowest, ' ') + "b\n");
}
