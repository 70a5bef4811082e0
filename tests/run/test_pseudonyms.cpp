#include <crumbproof/run/pseudonyms.hpp>

#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using crumbproof::run::Pseudonyms;

namespace {

Pseudonyms of_a_conversation() {
  Pseudonyms names;
  names.add_number("+15005550006", "To");
  names.add_number("+12125550123", "From");
  names.add("SM00000000000000000000000000000001", "{MessageSid:1}");
  return names;
}

}  // namespace

TEST_CASE("A number is known in all the ways in which it is written") {
  const Pseudonyms names = of_a_conversation();
  CHECK(names.hide("+12125550123") == "{From}");
  CHECK(names.hide("%2B12125550123") == "{From:encoded}");
  CHECK(names.hide("12125550123") == "{From:digits}");
  CHECK(names.hide("2125550123") == "{From:national}");
  CHECK(names.hide("(212) 555-0123") == "{From:written}");
  CHECK(names.hide("212-555-0123") == "{From:dashed}");
  CHECK(names.hide("+1 (212) 555-0123") == "+1 {From:written}");
  CHECK(names.hide("from +12125550123 to +15005550006.") == "from {From} to {To}.");
}

TEST_CASE("A number of another country has no American ways of writing") {
  Pseudonyms names;
  names.add_number("+442079460123", "From");
  CHECK(names.hide("+442079460123 442079460123 2079460123") == "{From} {From:digits} 2079460123");

  Pseudonyms eleven_digits;
  eleven_digits.add_number("+49301234567", "From");
  CHECK(eleven_digits.hide("9301234567") == "9301234567");
  Pseudonyms short_one;
  short_one.add_number("+1212555", "From");
  CHECK(short_one.hide("212555") == "212555");
}

TEST_CASE("What is no E.164 number is known as it is only") {
  Pseudonyms names;
  names.add_number("12345", "To");
  CHECK(names.hide("12345 and 2345") == "{To} and 2345");
}

TEST_CASE("Longer values are looked for first, whichever came first") {
  Pseudonyms names;
  names.add("ab", "{short}");
  names.add("abc", "{long}");
  names.add("a", "{letter}");
  CHECK(names.hide("abcaba") == "{long}{short}{letter}");
}

TEST_CASE("Of two names for one value the first stays") {
  Pseudonyms names;
  names.add("ab", "{one}");
  names.add("ab", "{two}");
  CHECK(names.hide("ab") == "{one}");
  CHECK(names.reveal("{one}{two}") == "abab");
}

TEST_CASE("Nothing has no name") {
  Pseudonyms names;
  names.add("", "{nothing}");
  CHECK(names.hide("text") == "text");
  CHECK(names.reveal("{nothing}") == "{nothing}");
}

TEST_CASE("A name is revealed in its own way of writing") {
  const Pseudonyms names = of_a_conversation();
  CHECK(names.reveal("/to/{From:digits}?from={From:encoded}&sid={MessageSid:1}") ==
        "/to/12125550123?from=%2B12125550123&sid=SM00000000000000000000000000000001");
  CHECK(names.reveal("{From2} {from}") == "{From2} {from}");
}

TEST_CASE("Whatever is hidden can be revealed") {
  CHECK(rc::check("reveal(hide(x)) == x where x has no braces", [] {
    const Pseudonyms names = of_a_conversation();
    const auto piece = rc::gen::oneOf(
        rc::gen::element<std::string>("+12125550123", "12125550123", "2125550123", "212-555-0123",
                                      "(212) 555-0123", "+15005550006", "5005550006", "%2B1", "+1",
                                      "SM0000000000000000000000000000000", "1", "0", "-"),
        rc::gen::container<std::string>(rc::gen::suchThat(
            rc::gen::arbitrary<char>(), [](char c) { return c != '{' && c != '}'; })));
    std::string text;
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) {
      text += part;
    }
    const std::string hidden = names.hide(text);
    RC_ASSERT(names.reveal(hidden) == text);
    RC_ASSERT(hidden.find("2125550123") == std::string::npos);
    RC_ASSERT(hidden.find("+15005550006") == std::string::npos);
  }));
}
