#include <crumbproof/sim/hash.hpp>

#include <string>

#include <catch2/catch.hpp>

using crumbproof::Hasher;

// FNV-1a by its published constants, computed apart from this code: an integer is eight bytes,
// least significant first; a string is its length and its bytes.
TEST_CASE("Hashes are those of FNV-1a, the same on every machine") {
  CHECK(Hasher().hex() == "cbf29ce484222325");
  CHECK(Hasher().add("").hex() == "a8c7f832281a39c5");
  CHECK(Hasher().add("order").hex() == "339b949f7fe80cd8");
  CHECK(Hasher().add(1).hex() == "89cd31291d2aefa4");
  CHECK(Hasher().add(-1).hex() == "8cf51a8bfca3883d");
  CHECK(Hasher().add("ñ").add(7).add("\u00e9").hex() == "f5b88a01d6a7478e");
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
