#include <crumbproof/proxy/framing.hpp>

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using crumbproof::proxy::Framing;

namespace {

/// Puts the bytes in pieces of that size, as a connection may bring them; returns how many belonged
/// to the message.
std::size_t put_in_pieces(Framing& framing, std::string_view bytes, std::size_t piece) {
  std::string unread;
  std::size_t taken = 0;
  while (!framing.is_whole() && framing.complaint().empty()) {
    const std::size_t count = framing.put(unread);
    unread.erase(0, count);
    taken += count;
    if (count > 0) continue;
    if (bytes.empty()) break;
    unread += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(bytes.size(), piece));
  }
  return taken;
}

}  // namespace

TEST_CASE("the end of a message is found in pieces of any size") {
  const std::string chunked =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;ext=1\r\nFrom\r\n3\r\n=1&\r\n0\r\n"
      "Trailer: t\r\n\r\n";
  const std::string with_length = "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";
  for (std::size_t piece = 1; piece < 40; ++piece) {
    Framing one(Framing::Kind::request);
    CHECK(put_in_pieces(one, chunked + "GET /next", piece) == chunked.size());
    CHECK(one.is_whole());
    CHECK(one.content() == "From=1&");
    CHECK(one.keeps_alive());
    Framing other(Framing::Kind::request);
    CHECK(put_in_pieces(other, with_length + "GET /next", piece) == with_length.size());
    CHECK(other.content() == "hello");
  }
}

TEST_CASE("a body of no chunk but the last may come in pieces") {
  const std::string head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t piece = 1; piece < 10; ++piece) {
    Framing none(Framing::Kind::request);
    put_in_pieces(none, head + "0\r\n\r\n", piece);
    CHECK(none.is_whole());
    Framing like(Framing::Kind::request);
    put_in_pieces(like, head + "4\r\n0\r\n\r\r\n0\r\n\r\n", piece);
    CHECK(like.is_whole());
    CHECK(like.content() == "0\r\n\r");
  }
}

TEST_CASE("what is put goes to the head alone until that is whole") {
  const std::string head = "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\n";
  Framing framing(Framing::Kind::request);
  CHECK(framing.put(head + "ab") == head.size());
  CHECK(framing.head_is_whole());
  CHECK(!framing.is_whole());
  CHECK(!framing.keeps_alive());
  CHECK(framing.put("ab") == 2);
  CHECK(framing.is_whole());
}

TEST_CASE("an answer without a length ends with its connection") {
  Framing answer(Framing::Kind::answer);
  put_in_pieces(answer, "HTTP/1.1 200 OK\r\n\r\nhello", 100);
  CHECK(answer.status() == 200);
  CHECK(!answer.is_whole());
  CHECK(!answer.keeps_alive());
  answer.put_end();
  CHECK(answer.is_whole());

  Framing cut(Framing::Kind::answer);
  put_in_pieces(cut, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", 100);
  cut.put_end();
  CHECK(!cut.is_whole());
  CHECK(!cut.complaint().empty());
}

TEST_CASE("an answer to HEAD, and one that cannot have a body, end with their heads") {
  Framing to_head(Framing::Kind::answer_to_head);
  to_head.put("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
  CHECK(to_head.is_whole());
  Framing interim(Framing::Kind::answer);
  interim.put("HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(interim.is_whole());
  CHECK(interim.status() == 100);
}

TEST_CASE("a request of which two readers could see two ends is refused") {
  for (const std::string fields :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: +5\r\n"}) {
    Framing framing(Framing::Kind::request);
    framing.put("POST / HTTP/1.1\r\n" + fields + "\r\n");
    CHECK(!framing.complaint().empty());
  }
  Framing nonsense(Framing::Kind::request);
  nonsense.put("hello\r\n\r\n");
  CHECK(!nonsense.complaint().empty());
}
