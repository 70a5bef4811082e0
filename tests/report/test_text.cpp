#include <crumbproof/report/text.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof::report;

namespace {

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Control characters become visible escapes") {
  CHECK(harmless("plain, \"quoted\" \xc3\xa9 \xf0\x9f\x8d\x95") ==
        "plain, \"quoted\" \xc3\xa9 \xf0\x9f\x8d\x95");
  CHECK(harmless("a\nb\rc\td") == R"(a\nb\rc\td)");
  CHECK(harmless("\x1b[31mred\x1b[0m\x07") == R"(\x1b[31mred\x1b[0m\x07)");
  CHECK(harmless(std::string("nul\0", 4)) == R"(nul\x00)");
  CHECK(harmless("\x7f") == R"(\x7f)");
  CHECK(harmless("\xc2\x9b"
                 "2J") == R"(\x9b2J)");
}

TEST_CASE("Characters that turn or break the line become escapes") {
  CHECK(harmless("\xe2\x80\xae") == R"(\u202e)");
  CHECK(harmless("\xe2\x81\xa6") == R"(\u2066)");
  CHECK(harmless("\xe2\x80\xa8") == R"(\u2028)");
  CHECK(harmless("\xef\xbb\xbf") == R"(\ufeff)");
  CHECK(harmless("\xf3\xa0\x81\x81") == R"(\U000e0041)");
}

TEST_CASE("Bytes that are no UTF-8 become replacement characters") {
  CHECK(harmless("a\xff\xc3(") == "a\xef\xbf\xbd\xef\xbf\xbd(");
}

TEST_CASE("An escape in what the app says cannot be mistaken for a backslash") {
  CHECK(harmless("a\\nb", Words::app) == R"(a\\nb)");
  CHECK(harmless("a\nb", Words::app) == R"(a\nb)");
  CHECK(harmless(R"(/#\d+/)") == R"(/#\d+/)");
}

TEST_CASE("Columns are those of a terminal") {
  CHECK(columns("") == 0);
  CHECK(columns("abc") == 3);
  CHECK(columns("\xc3\xa9\xe2\x9c\x97\xe2\x94\x82") == 3);
  CHECK(columns("e\xcc\x81") == 1);                 // e and a combining acute accent
  CHECK(columns("\xe6\x97\xa5\xe6\x9c\xac") == 4);  // CJK
  CHECK(columns("\xf0\x9f\x8d\x95") == 2);          // emoji
  CHECK(columns("\xef\xbc\xa1") == 2);              // fullwidth A
  CHECK(columns("\xe2\x9d\xa4\xef\xb8\x8f") == 1);  // with a variation selector
}

TEST_CASE("Lines are broken between words") {
  CHECK(wrap("", 10, Breaking::words) == Lines{""});
  CHECK(wrap("one two three", 7, Breaking::words) == Lines{"one two", "three"});
  CHECK(wrap("one two three", 8, Breaking::words) == Lines{"one two", "three"});
  CHECK(wrap("one two three", 6, Breaking::words) == Lines{"one", "two", "three"});
  CHECK(wrap("one two", 7, Breaking::words) == Lines{"one two"});
}

TEST_CASE("Wrapping keeps every space but the one at the break") {
  CHECK(wrap("a  b", 10, Breaking::anywhere) == Lines{"a  b"});
  CHECK(wrap("aaa  bbb", 4, Breaking::anywhere) == Lines{"aaa ", "bbb"});
  CHECK(wrap("aaa   bbb", 4, Breaking::anywhere) == Lines{"aaa ", " bbb"});
  CHECK(wrap("     ", 2, Breaking::anywhere) == Lines{"  ", "  "});
}

TEST_CASE("A long word is broken, a URL only where that is asked for") {
  CHECK(wrap("abcdefgh", 3, Breaking::words) == Lines{"abc", "def", "gh"});
  CHECK(wrap("a bcdefgh i", 4, Breaking::words) == Lines{"a", "bcde", "fgh", "i"});
  CHECK(wrap("see http://host/path now", 8, Breaking::words) ==
        Lines{"see", "http://host/path", "now"});
  CHECK(wrap("a http://host", 3, Breaking::words) == Lines{"a", "http://host"});
  CHECK(wrap("abcd http://host", 3, Breaking::words) == Lines{"abc", "d", "http://host"});
  CHECK(wrap("http://host/path", 8, Breaking::anywhere) == Lines{"http://h", "ost/path"});
}

TEST_CASE("A word of a million characters takes no longer than a million words") {
  constexpr std::size_t kMuch = 1'000'000;
  const std::string word(kMuch, 'x');
  CHECK(wrap("a " + word, 10, Breaking::words).size() == 1 + kMuch / 10);
  CHECK(wrap("a http://" + word + " b", 10, Breaking::words) == Lines{"a", "http://" + word, "b"});
}

TEST_CASE("Wrapping counts columns and breaks no character") {
  CHECK(wrap("\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5", 5, Breaking::anywhere) ==
        Lines{"\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5"});
  CHECK(wrap("ae\xcc\x81", 2, Breaking::anywhere) == Lines{"ae\xcc\x81"});
  CHECK(wrap("\xe6\x97\xa5", 1, Breaking::anywhere) == Lines{"\xe6\x97\xa5"});
}

TEST_CASE("Padding counts columns") {
  CHECK(padded("\xe6\x97\xa5", 4) == "\xe6\x97\xa5  ");
  CHECK(padded("long", 2) == "long");
}

TEST_CASE("Things are counted in words") {
  CHECK(count(1, "delivery", "deliveries") == "1 delivery");
  CHECK(count(0, "delivery", "deliveries") == "0 deliveries");
}
