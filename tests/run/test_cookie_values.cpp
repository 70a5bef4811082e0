#include <crumbproof/run/cookie_values.hpp>

#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using crumbproof::run::CookieValues;
using crumbproof::twilio::AnswerCookies;
using crumbproof::twilio::Field;

namespace {

using Numbers = std::vector<std::uint32_t>;

AnswerCookies set(const std::vector<std::string>& contents) {
  std::vector<Field> headers;
  for (const std::string& content : contents) headers.push_back({"Set-Cookie", content});
  return AnswerCookies(headers);
}

}  // namespace

TEST_CASE("The n-th new value has the number n, and keeps it") {
  CookieValues values;
  CHECK(values.number(set({"sid=x; Path=/", "user=x"})) == Numbers{1, 2});
  CHECK(values.number(set({"user=y", "sid=x; Max-Age=5"})) == Numbers{3, 1});
  CHECK(values.number_of("sid", "x") == 1);
  CHECK(values.number_of("user", "x") == 2);
  CHECK(values.number_of("user", "y") == 3);
  CHECK_THROWS_AS(values.number_of("sid", "y"), std::out_of_range);
}

TEST_CASE("Thousands of values have their numbers too") {
  std::vector<std::string> contents;
  Numbers numbers;
  for (std::uint32_t n = 1; n <= 1000; ++n) {
    contents.push_back("c" + std::to_string(n) + "=" + std::to_string(n));
    numbers.push_back(n);
  }
  CookieValues values;
  CHECK(values.number(set(contents)) == numbers);
  CHECK(values.number(set(contents)) == numbers);
  CHECK(values.number_of("c64", "64") == 64);
  CHECK(values.number_of("c1000", "1000") == 1000);
  CHECK_THROWS_AS(values.number_of("c1000", "1"), std::out_of_range);

  CookieValues others;
  REQUIRE(others.number(set({"c9=9"})) == Numbers{1});
  const AnswerCookies adopted = others.adopt(set({"c9=9", "d=1"}), {100, 2});
  CHECK(adopted == set({"c9=9~", "d=1"}));
  CHECK(others.number_of("c9", "9") == 1);
  CHECK(others.number_of("c9", "9~") == 100);
  CHECK(others.number_of("d", "1") == 2);
}

TEST_CASE("Other headers have no number, and a Set-Cookie that cannot be read has 0") {
  CookieValues values;
  CHECK(values.number({{"Date", "Thu, 01 Jan 1970 00:00:00 GMT"},
                       {"set-COOKIE", "a=1"},
                       {"Set-Cookie", "no equals sign"},
                       {"Set-Cookie", "b=1"}}) == Numbers{1, 0, 2});
}

TEST_CASE("Another execution's values become this one's where the numbers are known") {
  CookieValues values;
  REQUIRE(values.number(set({"sid=mine; Path=/"})) == Numbers{1});
  CHECK(values.adopt(set({"sid=theirs; Path=/; HttpOnly", "sid=theirs"}), {1, 1}) ==
        set({"sid=mine; Path=/; HttpOnly", "sid=mine"}));
  CHECK(values.adopt(set({"sid=mine; Secure"}), {1}) == set({"sid=mine; Secure"}));
  CHECK(values.number_of("sid", "mine") == 1);
  CHECK_THROWS_AS(values.number_of("sid", "theirs"), std::out_of_range);
}

TEST_CASE("A value that is new here is taken over") {
  CookieValues values;
  CHECK(values.adopt(set({"sid=theirs"}), {1}) == set({"sid=theirs"}));
  CHECK(values.number_of("sid", "theirs") == 1);
  CHECK(values.adopt(set({"sid=another"}), {1}) == set({"sid=theirs"}));
  CHECK(values.number(set({"sid=theirs", "sid=new"})) == Numbers{1, 2});
}

TEST_CASE("A value taken over is never mistaken for another number's") {
  CookieValues values;
  REQUIRE(values.number(set({"group=a", "group=a~"})) == Numbers{1, 2});
  const AnswerCookies adopted = values.adopt(set({"group=a; Path=/"}), {3});
  CHECK(adopted == set({"group=a~~; Path=/"}));
  CHECK(values.number_of("group", "a") == 1);
  CHECK(values.number_of("group", "a~~") == 3);
  CHECK(values.adopt(set({"group=b"}), {3}) == set({"group=a~~"}));
}

TEST_CASE("Headers that set no cookie are left as they are") {
  CookieValues values;
  const AnswerCookies headers{{"Date", "Thu, 01 Jan 1970 00:00:00 GMT"},
                              {"Set-Cookie", "no equals sign"},
                              {"Set-Cookie", "a=1"}};
  CHECK(values.adopt(headers, {0, 1}) == headers);
  CHECK(values.number_of("a", "1") == 1);
}

TEST_CASE("Where a value is replaced, the headers that set no cookie stay") {
  CookieValues values;
  REQUIRE(values.number(set({"sid=mine"})) == Numbers{1});
  const Field date{"Date", "Thu, 01 Jan 1970 00:00:00 GMT"};
  CHECK(values.adopt({date, {"Set-Cookie", "sid=theirs; Path=/"}}, {1}) ==
        AnswerCookies{date, {"Set-Cookie", "sid=mine; Path=/"}});
}

TEST_CASE("A number stands for the name of a cookie as well as for its value") {
  CookieValues values;
  REQUIRE(values.number(set({"sid=mine"})) == Numbers{1});
  CHECK(values.adopt(set({"user=mine; Path=/"}), {1}) == set({"sid=mine; Path=/"}));
}

TEST_CASE("Numbers whose values are not known yet are no cookie's") {
  CookieValues values;
  CHECK(values.adopt(set({"sid=theirs"}), {3}) == set({"sid=theirs"}));
  CHECK(values.number_of("sid", "theirs") == 3);
  CHECK_THROWS_AS(values.number_of("sid", "another"), std::out_of_range);
  CHECK(values.number(set({"sid=another", "sid=theirs"})) == Numbers{4, 3});
}
