#include <crumbproof/http/answer_reader.hpp>
#include <crumbproof/http/exchange_failed.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using http::AnswerReader;
using http::ExchangeFailed;
using http::HttpLimits;
using target::Ending;

namespace {

using namespace std::string_literals;

constexpr HttpLimits kSmall{std::chrono::milliseconds(1), 200, 40};

/// Hands the bytes over, at most `piece` at a time. True if the answer is whole before its end.
bool feed(AnswerReader& reader, std::string_view bytes, std::size_t piece = 1'000'000) {
  while (!bytes.empty()) {
    const auto room = reader.room();
    const std::size_t count = std::min({piece, room.size(), bytes.size()});
    std::copy_n(bytes.begin(), count, room.begin());
    bytes.remove_prefix(count);
    if (reader.received(count)) return true;
  }
  return false;
}

twilio::Response read(std::string_view bytes, std::size_t piece = 1'000'000) {
  AnswerReader reader(kSmall);
  reader.begin(false);
  if (!feed(reader, bytes, piece)) reader.ended();
  return reader.take();
}

bool is_reusable_after(std::string_view bytes) {
  AnswerReader reader(kSmall);
  reader.begin(false);
  if (!feed(reader, bytes)) reader.ended();
  return reader.connection_is_reusable();
}

/// What is wrong with an answer that the connection ends after.
std::optional<std::tuple<Ending, std::string>> problem(std::string_view bytes,
                                                       std::size_t piece = 1'000'000) {
  try {
    read(bytes, piece);
  } catch (const ExchangeFailed& failed) {
    return {{failed.ending(), failed.what()}};
  }
  return std::nullopt;
}

Ending ending(std::string_view bytes) {
  const auto found = problem(bytes);
  return found ? std::get<Ending>(*found) : Ending::answered;
}

constexpr std::string_view kTwoCookies =
    "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-COOKIE:  b=\xff \r\nX:\r\nContent-Length: 5\r\n\r\n"
    "hello";
constexpr std::string_view kChunked =
    "HTTP/1.1 201 \r\nTransfer-Encoding: chunked\r\n\r\n"
    "3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nX-Trailer: t\r\n\r\n";

}  // namespace

TEST_CASE("An answer has its status, all its headers in order as written, and its body") {
  const twilio::Response response = read(kTwoCookies);
  CHECK(response.status == 200);
  CHECK(response.headers ==
        std::vector<twilio::Field>{
            {"Set-Cookie", "a=1"}, {"set-COOKIE", "b=\xff"}, {"X", ""}, {"Content-Length", "5"}});
  CHECK(response.body == "hello");
}

TEST_CASE("Chunks are joined, their extensions and the trailers dropped") {
  const twilio::Response response = read(kChunked);
  CHECK(response.status == 201);
  CHECK(response.headers == std::vector<twilio::Field>{{"Transfer-Encoding", "chunked"}});
  CHECK(response.body == "hello");
}

TEST_CASE("A body without a length goes on until the connection ends") {
  CHECK(read("HTTP/1.1 200 OK\r\n\r\nhello").body == "hello");
  CHECK(read("HTTP/1.0 200 OK\r\nX: y\r\n\r\nhello").body == "hello");
  CHECK(read("HTTP/1.1 200 OK\r\n\r\n").body.empty());
}

TEST_CASE("204 and 304 have no body, whatever they say") {
  CHECK(read("HTTP/1.1 204 No Content\r\n\r\n").status == 204);
  CHECK(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n").status == 304);
  CHECK(is_reusable_after("HTTP/1.1 204 No Content\r\n\r\n"));
}

TEST_CASE("An answer to HEAD ends with its headers") {
  AnswerReader reader(kSmall);
  reader.begin(true);
  CHECK(feed(reader, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
  CHECK(reader.connection_is_reusable());
}

TEST_CASE("Interim answers are skipped") {
  const twilio::Response response =
      read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"s +
           std::string(kTwoCookies));
  CHECK(response.status == 200);
  CHECK(response.headers.size() == 4);
  CHECK(problem("HTTP/1.1 100 Continue\r\n\r\n") ==
        std::tuple(Ending::cut, "the connection ended before the answer began"s));
}

TEST_CASE("Interim answers count as headers, so that they end") {
  std::string endless;
  for (int n = 0; n < 20; ++n) endless += "HTTP/1.1 100 Continue\r\n\r\n";
  CHECK(ending(endless) == Ending::too_large);
}

TEST_CASE("A switch of protocols that nobody asked for is malformed") {
  CHECK(ending("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n") == Ending::malformed);
}

TEST_CASE("How bytes are cut into pieces makes no difference") {
  rc::check([] {
    const auto piece = *rc::gen::inRange<std::size_t>(1, 60);
    const auto text = *rc::gen::element(
        std::string(kTwoCookies), std::string(kChunked), "HTTP/1.0 200 OK\r\n\r\nhello"s,
        "HTTP/1.1 102 Wait\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\nB: c\r\n\r\n"s);
    const twilio::Response whole = read(text);
    const twilio::Response pieces = read(text, piece);
    RC_ASSERT(pieces.status == whole.status);
    RC_ASSERT(pieces.headers == whole.headers);
    RC_ASSERT(pieces.body == whole.body);
  });
}

TEST_CASE("How headers that are none are cut into pieces makes no difference") {
  const std::string bad =
      GENERATE("HTTP/1.0 2ello"s, "HTTP/1.1 200 OK\r\nA: b\r\nno colon\r\n"s,
               "HTTP/1.1 200 OK\r\nA\0"s, "HTTP/1.1 100 x\r\n\r\nHTTP/2.0 200"s);
  CAPTURE(bad);
  const auto whole = problem(bad);
  REQUIRE(whole);
  CHECK(std::get<Ending>(*whole) == Ending::malformed);
  for (std::size_t piece = 1; piece < bad.size(); ++piece) CHECK(problem(bad, piece) == whole);
}

TEST_CASE("A body of no chunk but the last may come in pieces") {
  const std::string none = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  const std::string like =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0\r\n\r\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece < 10; ++piece) {
    CHECK(read(none, piece).body.empty());
    CHECK(read(like, piece).body == "0\r\n\r");
  }
}

TEST_CASE("A connection can be used again if the answer says so and nothing came after it") {
  CHECK(is_reusable_after(kTwoCookies));
  CHECK(is_reusable_after(kChunked));
  CHECK(is_reusable_after("HTTP/1.0 204 x\r\nConnection: keep-alive\r\n\r\n"));
  CHECK_FALSE(is_reusable_after("HTTP/1.0 204 x\r\n\r\n"));
  CHECK_FALSE(is_reusable_after("HTTP/1.1 204 x\r\nConnection: close\r\n\r\n"));
  CHECK_FALSE(is_reusable_after("HTTP/1.1 200 x\r\n\r\nto the end"));
  CHECK_FALSE(is_reusable_after(std::string(kTwoCookies) + "x"));
  CHECK_FALSE(is_reusable_after("HTTP/1.1 200 x\r\nContent-Length: 1\r\n\r\nhello"));
}

TEST_CASE("What is left of one answer is not in the next") {
  AnswerReader reader(kSmall);
  reader.begin(false);
  CHECK(feed(reader, std::string(kTwoCookies) + "stray"));
  CHECK(reader.take().body == "hello");
  reader.begin(false);
  CHECK_FALSE(reader.began());
  CHECK(feed(reader, "HTTP/1.1 200 x\r\nContent-Length: 1\r\n\r\n2"));
  const twilio::Response second = reader.take();
  CHECK(second.body == "2");
  CHECK(second.headers.size() == 1);
}

TEST_CASE("An answer that ends too early was cut, and it says where") {
  CHECK(problem("") == std::tuple(Ending::cut, "the connection ended before the answer began"s));
  const auto in_headers =
      std::tuple(Ending::cut, "the connection ended within the headers of the answer"s);
  CHECK(problem("HT") == in_headers);
  CHECK(problem("HTTP/1.1 200 OK\r\nA: b\r\n") == in_headers);
  const auto in_body =
      std::tuple(Ending::cut, "the connection ended within the body of the answer"s);
  CHECK(problem("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") == in_body);
  CHECK(problem("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell") == in_body);
  CHECK(problem("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n") == in_body);
}

TEST_CASE("What is not HTTP/1.x is malformed") {
  const std::string bad = GENERATE(
      "ok"s, "HTTPS/1.1 200 OK\r\n\r\n"s, "SSH-2.0-OpenSSH_9.2\r\n"s, "HTTP/2.0 200 OK\r\n\r\n"s,
      "HTTP/1.1 20 OK\r\n\r\n"s, "HTTP/1.1 099 OK\r\n\r\n"s, "HTTP/1.1 -200 OK\r\n\r\n"s,
      "HTTP/1.1 200 O\0K\r\n\r\n"s, "HTTP/1.1 200 OK\nA: b\n\n"s,
      "HTTP/1.1 200 OK\r\nA\0: b\r\n\r\n"s, "HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n"s,
      "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n"s, "HTTP/1.1 200 OK\r\nA: b\nc\r\n\r\n"s,
      "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n"s, "HTTP/1.1 200 OK\r\n: c\r\n\r\n"s,
      "HTTP/1.1 200 OK\r\n\xff: c\r\n\r\n"s, "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"s);
  CAPTURE(bad);
  CHECK(ending(bad) == Ending::malformed);
}

TEST_CASE("A TLS alert says that https is expected") {
  CHECK(problem("\x15\x03\x01"s + "\x00\x02\x02\x50"s) ==
        std::tuple(Ending::malformed, "the answer is TLS, not HTTP: https is expected"s));
}

TEST_CASE("A length that can be read in two ways is malformed") {
  const std::string lines = GENERATE(
      "Content-Length: -1"s, "Content-Length: +1"s, "Content-Length: 0x1"s, "Content-Length: 1 1"s,
      "Content-Length: "s, "Content-Length: 99999999999999999999999"s, "Content-Length: 1, 1"s,
      "Content-Length: 1\r\nContent-Length: 1"s, "Content-Length: 1\r\nContent-Length: 2"s,
      "Content-Length: 1\r\nTransfer-Encoding: chunked"s,
      "Transfer-Encoding: chunked\r\nContent-Length: 1"s);
  CAPTURE(lines);
  CHECK(ending("HTTP/1.1 200 OK\r\n" + lines + "\r\n\r\nx") == Ending::malformed);
}

TEST_CASE("Chunks that are none are malformed") {
  const std::string chunks = GENERATE("x\r\n"s, "-1\r\nx\r\n"s, "1\r\nxy\r\n0\r\n\r\n"s,
                                      "11111111111111111\r\nx"s, "1;\x01\r\nx\r\n"s);
  CAPTURE(chunks);
  CHECK(ending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) ==
        Ending::malformed);
}

TEST_CASE("Headers over the bound are too large, in one piece or in many") {
  const auto expected =
      std::tuple(Ending::too_large, "the headers of the answer are over 200 bytes"s);
  const std::string one = "HTTP/1.1 200 OK\r\nA: " + std::string(300, 'a');
  std::string many = "HTTP/1.1 200 OK\r\n";
  for (int n = 0; n < 100; ++n) many += "A: b\r\n";
  const std::size_t piece = GENERATE(1U, 6U, 7U, 1000U);
  CHECK(problem(one, piece) == expected);
  CHECK(problem(many, piece) == expected);
  CHECK(problem("HTTP/1.1 200 " + std::string(300, 'a'), piece) == expected);
  CHECK(problem("HTTP/1.1 200 OK\r\nA: " + std::string(150, 'a') + "\r\n\r\n", piece) ==
        std::nullopt);
}

TEST_CASE("A body over the bound is too large, however its length is told") {
  const auto expected = std::tuple(Ending::too_large, "the body of the answer is over 40 bytes"s);
  const std::string body(41, 'b');
  const std::size_t piece = GENERATE(1U, 7U, 1000U);
  CHECK(problem("HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n" + body, piece) == expected);
  CHECK(problem("HTTP/1.1 200 OK\r\n\r\n" + body, piece) == expected);
  CHECK(problem("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                "14\r\n" +
                    body.substr(0, 20) + "\r\n15\r\n" + body.substr(0, 21) + "\r\n0\r\n\r\n",
                piece) == expected);
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + body.substr(1), piece).body.size() ==
        40);
}

TEST_CASE("Endless extras of a chunk are too large") {
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const auto expected = std::tuple(Ending::too_large, "a chunk of the answer has endless extras"s);
  std::string trailers = "0\r\n";
  for (int n = 0; n < 10'000; ++n) trailers += "A: b\r\n";
  const std::size_t piece = GENERATE(11U, 1'000'000U);
  CHECK(problem(head + "1;a=" + std::string(50'000, 'a'), piece) == expected);
  CHECK(problem(head + trailers, piece) == expected);
}
