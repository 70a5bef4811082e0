#include <crumbproof/sim/hash.hpp>

#include <string>

#include <catch2/catch.hpp>

using crumbproof::Hasher;

// Computed apart from this code, in Python: an integer is one word; a string is its length and its
// bytes, eight to a word, least significant first.
TEST_CASE("Hashes are the same on every machine") {
  CHECK(Hasher().hex() == "cbf29ce484222325");
  CHECK(Hasher().add("").hex() == "f8bb92c91b3f5cc0");
  CHECK(Hasher().add("order").hex() == "3ccf04afe316b766");
  CHECK(Hasher().add(1).hex() == "5a8419103ebe48e4");
  CHECK(Hasher().add(-1).hex() == "690cf37cf43c469e");
  CHECK(Hasher().add("ñ").add(7).add("\u00e9").hex() == "9959555433642891");
  CHECK(Hasher().add("a longer text").hex() == "7843b67ccc6bfc36");
  static_assert(Hasher().value() == 0xcbf29ce484222325U);
}

TEST_CASE("A number hashes alike whatever its type holds") {
  CHECK(Hasher().add(true).value() == Hasher().add(std::uint64_t{1}).value());
  CHECK(Hasher().add(std::int8_t{-1}).value() == Hasher().add(std::int64_t{-1}).value());
}

TEST_CASE("Where one string ends and the next begins counts") {
  CHECK(Hasher().add("ab").add("c").value() != Hasher().add("a").add("bc").value());
  CHECK(Hasher().add("").add("a").value() != Hasher().add("a").add("").value());
  CHECK(Hasher().add("a").value() != Hasher().add("b").value());
}

TEST_CASE("A hash is written as 16 digits, with leading zeros") {
  for (int i = 0; i < 1000; ++i) {
    const std::string hex = Hasher().add(i).hex();
    CHECK(hex.size() == 16);
    CHECK(std::stoull(hex, nullptr, 16) == Hasher().add(i).value());
  }
}
