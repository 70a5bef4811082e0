#include <crumbproof/twilio/utf8.hpp>

#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using crumbproof::twilio::decode_utf8;
using crumbproof::twilio::quotable;
using crumbproof::twilio::valid_utf8;

TEST_CASE("What is quoted is cut between characters") {
  CHECK(quotable("abc", 3) == "abc");
  CHECK(quotable("abcd", 3) == "abc...");
  CHECK(quotable("ab\u20acd", 3) == "ab...");
  CHECK(quotable("ab\u20acd", 4) == "ab...");
  CHECK(quotable("ab\u20acd", 5) == "ab\u20ac...");
  CHECK(quotable("a\xff", 5) == "a\ufffd");
  CHECK(quotable("\x80\x80\x80\x80\x80\x80", 5).ends_with("\ufffd..."));
  CHECK(quotable("\x80\x80\x80\x80\x80\x80", 2) == "...");
}

TEST_CASE("UTF-8 is read to code points") {
  CHECK(decode_utf8("").empty());
  CHECK(decode_utf8("añ€😀") == U"añ€😀");
  CHECK(decode_utf8(std::string_view("\0", 1)) == std::u32string(1, U'\0'));
}

TEST_CASE("Each byte that is part of no code point is replaced") {
  struct Row {
    std::string_view text;
    std::u32string_view points;
  };
  const Row row = GENERATE(values<Row>({
      {"\xff", U"\uFFFD"},
      {"a\xc3", U"a\uFFFD"},
      {"\xc3z", U"\uFFFDz"},
      {"\xb1", U"\uFFFD"},
      {"\xc0\x80", U"\uFFFD\uFFFD"},                      // overlong
      {"\xed\xa0\x80", U"\uFFFD\uFFFD\uFFFD"},            // a surrogate
      {"\xf4\x90\x80\x80", U"\uFFFD\uFFFD\uFFFD\uFFFD"},  // beyond the last code point
      {"\xe2\x82\xe2\x82\xac", U"\uFFFD\uFFFD€"},
  }));
  CHECK(decode_utf8(row.text) == row.points);
  CHECK(decode_utf8(valid_utf8(row.text)) == row.points);
}

TEST_CASE("Valid text stays as it is, and any text becomes valid") {
  CHECK(valid_utf8("añ€😀\uFFFD\n") == "añ€😀\uFFFD\n");
  CHECK(rc::check([](const std::vector<unsigned char>& bytes) {
    const std::string valid = valid_utf8(std::string(bytes.begin(), bytes.end()));
    RC_ASSERT(valid_utf8(valid) == valid);
  }));
}
