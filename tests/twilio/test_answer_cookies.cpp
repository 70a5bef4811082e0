#include <crumbproof/twilio/answer_cookies.hpp>

#include <string>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof::twilio;

TEST_CASE("Of an answer its Set-Cookie and Date fields count, in any case and in their order") {
  const AnswerCookies cookies{{"Content-Type", "text/xml"},
                              {"set-COOKIE", "a=1; Path=/"},
                              {"dAtE", "Wed, 02 Jan 2030 03:04:05 GMT"},
                              {"Set-Cookie", "no equals sign"},
                              {"Date", "Thu, 01 Jan 1970 00:00:00 GMT"}};
  REQUIRE(cookies.cookies().size() == 2);
  CHECK(std::get<SetCookie>(cookies.cookies()[0]).name == "a");
  CHECK(std::holds_alternative<RejectedCookie>(cookies.cookies()[1]));
  CHECK(cookies.date() == std::chrono::sys_seconds(std::chrono::seconds(1893553445)));
  CHECK(cookies.fields() == std::vector<Field>{{"set-COOKIE", "a=1; Path=/"},
                                               {"dAtE", "Wed, 02 Jan 2030 03:04:05 GMT"},
                                               {"Set-Cookie", "no equals sign"},
                                               {"Date", "Thu, 01 Jan 1970 00:00:00 GMT"}});
}

TEST_CASE("A first Date that cannot be read is not made good for by another") {
  const AnswerCookies cookies{{"Date", "yesterday"}, {"Date", "Thu, 01 Jan 1970 00:00:00 GMT"}};
  CHECK_FALSE(cookies.date());
}

TEST_CASE("Other contents take the places of the Set-Cookie fields") {
  const AnswerCookies cookies{
      {"Set-Cookie", "a=1"}, {"Date", "Thu, 01 Jan 1970 00:00:00 GMT"}, {"Set-Cookie", "b=2"}};
  const AnswerCookies other = cookies.with(std::vector<std::string>{"a=3", "b=4; Path=/"});
  CHECK(other == AnswerCookies{{"Set-Cookie", "a=3"},
                               {"Date", "Thu, 01 Jan 1970 00:00:00 GMT"},
                               {"Set-Cookie", "b=4; Path=/"}});
  CHECK(std::get<SetCookie>(other.cookies()[1]).path == "/");
  CHECK(other.date() == cookies.date());
}

TEST_CASE("An answer that says nothing of cookies") {
  const AnswerCookies none;
  CHECK(none.cookies().empty());
  CHECK_FALSE(none.date());
  CHECK(none.fields().empty());
  CHECK(none == AnswerCookies{{"Content-Type", "text/xml"}});
}
