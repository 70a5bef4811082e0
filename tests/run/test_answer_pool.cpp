#include <crumbproof/run/answer_pool.hpp>
#include <crumbproof/run/cookie_values.hpp>

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

SeenAnswer sets(std::vector<twilio::Field> fields) {
  SeenAnswer seen;
  seen.answer.status = 200;
  seen.cookies = twilio::AnswerCookies(fields);
  CookieValues values;
  seen.cookie_values = values.number(seen.cookies);
  return seen;
}

std::vector<std::string> contents(const SeenAnswer& seen) {
  std::vector<std::string> texts;
  for (const twilio::Field& field : seen.cookies.fields()) texts.push_back(field.value);
  return texts;
}

}  // namespace

TEST_CASE("answers that differ in random cookie values and in their Date are one") {
  AnswerPool pool;
  const auto one = pool.add(
      sets({{"Date", "Tue, 24 Nov 2026 10:00:00 GMT"}, {"Set-Cookie", "sid=k3Jd8; Path=/"}}));
  const auto other = pool.add(
      sets({{"Date", "Tue, 24 Nov 2026 10:00:01 GMT"}, {"Set-Cookie", "sid=Zq02x; Path=/"}}));
  CHECK(one == other);
  CHECK(pool.size() == 1);
  CHECK(contents(*pool.at(one)) == std::vector<std::string>{"sid=00001; Path=/"});
  CHECK(pool.at(one)->cookie_values == std::vector<std::uint32_t>{1});
}

TEST_CASE("answers that mean something else are several") {
  AnswerPool pool;
  SeenAnswer said = sets({{"Set-Cookie", "sid=a"}});
  said.answer.body = "<Response/>";
  SeenAnswer with_message = said;
  with_message.messages.push_back({"", "", "hello", {}});
  pool.add(sets({{"Set-Cookie", "sid=a"}}));
  pool.add(said);
  pool.add(with_message);
  pool.add(sets({{"Set-Cookie", "sid=a; Max-Age=60"}}));
  pool.add(sets({{"Set-Cookie", "other=a"}}));
  pool.add(sets({{"Set-Cookie", "sid=longer"}}));
  CHECK(pool.size() == 6);
}

TEST_CASE("values are equal in the pool where they were equal, and nowhere else") {
  AnswerPool pool;
  const auto index = pool.add(sets({{"Set-Cookie", "a=xy"},
                                    {"Set-Cookie", "b=xy"},
                                    {"Set-Cookie", "a=xy; Secure"},
                                    {"Set-Cookie", "a=z"}}));
  CHECK(contents(*pool.at(index)) ==
        std::vector<std::string>{"a=01", "b=02", "a=01; Secure", "a=3"});
}

TEST_CASE("a value keeps its length, an empty one stays so, and a broken Set-Cookie as it is") {
  AnswerPool pool;
  const std::string long_value(5000, 'v');
  const auto index = pool.add(sets({{"Set-Cookie", "long=" + long_value},
                                    {"Set-Cookie", "none=; Path=/"},
                                    {"Set-Cookie", "no equals sign"}}));
  const auto texts = contents(*pool.at(index));
  CHECK(texts[0].size() == 5 + long_value.size());
  CHECK(texts[1] == "none=; Path=/");
  CHECK(texts[2] == "no equals sign");
}

TEST_CASE("the Date stays where an Expires is counted from it") {
  AnswerPool pool;
  const std::string date = "Tue, 24 Nov 2026 10:00:00 GMT";
  const auto index = pool.add(
      sets({{"Date", date}, {"Set-Cookie", "a=1; Expires=Tue, 24 Nov 2026 11:00:00 GMT"}}));
  CHECK(contents(*pool.at(index)).front() == date);
  const auto by_age = pool.add(sets(
      {{"Date", date}, {"Set-Cookie", "a=1; Expires=Tue, 24 Nov 2026 11:00:00 GMT; Max-Age=60"}}));
  CHECK(contents(*pool.at(by_age)).size() == 1);
}

TEST_CASE("beyond 64 MiB of bodies only the beginning of one is kept") {
  AnswerPool pool;
  SeenAnswer seen = sets({});
  const std::string tail(64 * std::size_t{1024}, 'x');
  for (int n = 0; n < 1100; ++n) {
    seen.answer.body = std::to_string(n) + tail;
    pool.add(seen);
  }
  CHECK(pool.size() == 1100);
  CHECK(pool.at(0)->answer.body == "0" + tail);
  CHECK(pool.at(1099)->answer.body == "1099" + tail.substr(0, 1020) + "...");
  CHECK(pool.add(seen) == 1099);
  // One that is no longer than such a beginning is kept as it is.
  seen.answer.body = std::string(1024, 'y');
  CHECK(pool.at(pool.add(seen))->answer.body == seen.answer.body);
}

TEST_CASE("what is in the pool can be put into it again") {
  AnswerPool pool;
  const auto index = pool.add(sets({{"Set-Cookie", "sid=abcdef"}}));
  const SeenAnswer own = *pool.at(index);
  CHECK(pool.add(own) == index);
  CHECK(pool.size() == 1);
}
