#include <crumbproof/html/assets.hpp>
#include <crumbproof/html/markup.hpp>
#include <crumbproof/html/word_difference.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using namespace crumbproof::html;

namespace {

/// The pieces on one line: what only the first has in [-...-], what only the second has in {+...+}.
std::string difference(std::string_view first, std::string_view second) {
  std::string text;
  for (const Piece& piece : word_difference(first, second)) {
    if (piece.in == Piece::In::both) text += piece.text;
    if (piece.in == Piece::In::first) text += "[-" + piece.text + "-]";
    if (piece.in == Piece::In::second) text += "{+" + piece.text + "+}";
  }
  return text;
}

std::string side(const std::vector<Piece>& pieces, Piece::In own) {
  std::string text;
  for (const Piece& piece : pieces) {
    if (piece.in == Piece::In::both || piece.in == own) text += piece.text;
  }
  return text;
}

}  // namespace

TEST_CASE("Text cannot become markup, in content or in an attribute") {
  CHECK(escaped(R"(<b a="1" c='2'>&amp;)") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
}

TEST_CASE("Text of others cannot turn the direction of a line, hide or break it") {
  CHECK(verbatim("a\u202eb\x07\n") == R"(a\u202eb\x07\n)");
  CHECK(sentence("C:\\dir\x1b") == "C:\\dir\\x1b");
  CHECK(preformatted("<a>\n\u2066b") == "&lt;a&gt;\n\\u2066b");
}

TEST_CASE("Nothing in the data can end the script that holds it") {
  const nlohmann::ordered_json json{
      {"reply", "</script><script>run()</script> <!-- ]]> \u2028 \u2029 & é"}};
  const std::string block = data_block(json);
  CHECK(block.find_first_of("<>&") == std::string::npos);
  CHECK(block.find("\u2028") == std::string::npos);
  CHECK(nlohmann::ordered_json::parse(block) == json);
}

TEST_CASE("A policy names content by its SHA-256 in base64") {
  // The example of https://www.w3.org/TR/CSP2/#script-src-hash-usage.
  CHECK(policy_hash("alert('Hello, world.');") ==
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
}

TEST_CASE("Style sheet and script cannot end their elements") {
  CHECK(style_sheet().find("</") == std::string_view::npos);
  CHECK(script().find("</") == std::string_view::npos);
  CHECK(script().find("<!--") == std::string_view::npos);
  CHECK(style_sheet().find("url(") == std::string_view::npos);
}

TEST_CASE("Two texts are compared word by word") {
  CHECK(difference("Say yes now.", "Say no now.") == "Say [-yes-]{+no+} now.");
  CHECK(difference("one two three", "four five three") == "[-one two-]{+four five+} three");
  CHECK(difference("", "new") == "{+new+}");
  CHECK(difference("same", "same") == "same");
  CHECK(difference("one two three", "two three four") == "[-one -]two three{+ four+}");
}

TEST_CASE("Texts of very many words are compared at their ends") {
  std::string first = "begin ";
  std::string second = "begin ";
  for (int i = 0; i < 500; ++i) {
    first += "a" + std::to_string(i) + ' ';
    second += "b" + std::to_string(i) + ' ';
  }
  const auto pieces = word_difference(first + "end", second + "end");
  REQUIRE(pieces.size() == 4);
  CHECK(pieces.front().text == "begin ");
  CHECK(pieces.back().text == " end");
}

TEST_CASE("Whatever is compared, both texts can be read from the pieces") {
  CHECK(rc::check([] {
    const auto text = rc::gen::container<std::string>(rc::gen::element('a', 'b', ' ', '.', '\n'));
    const auto first = *text;
    const auto second = *text;
    const auto pieces = word_difference(first, second);
    RC_ASSERT(side(pieces, Piece::In::first) == first);
    RC_ASSERT(side(pieces, Piece::In::second) == second);
  }));
}
