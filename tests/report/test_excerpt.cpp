#include <crumbproof/report/excerpt.hpp>

#include <string>

#include <catch2/catch.hpp>

using crumbproof::report::excerpt;
using crumbproof::report::excerpts;

TEST_CASE("A short text is shown whole") {
  CHECK(excerpt("short") == "short");
  CHECK(excerpt(std::string(600, 'x')) == std::string(600, 'x'));
}

TEST_CASE("A long text is cut at a character's start") {
  CHECK(excerpt(std::string(601, 'x')) == std::string(600, 'x') + "…");
  const std::string text = std::string(599, 'x') + "\xc3\xa9" + std::string(9, 'x');
  CHECK(excerpt(text) == std::string(599, 'x') + "…");
}

TEST_CASE("Two long texts are cut so that the difference can be seen") {
  const std::string same(5000, 'x');
  const auto [one, other] = excerpts(same + "here" + same, same + "or here");
  CHECK(one.starts_with("…" + std::string(60, 'x') + "here"));
  CHECK(one.ends_with("x…"));
  CHECK(other == "…" + std::string(60, 'x') + "or here");
}

TEST_CASE("Two long texts that differ early are cut at their ends only") {
  const std::string same(5000, 'x');
  const auto [one, other] = excerpts("here" + same, "or here" + same);
  CHECK(one.starts_with("herex"));
  CHECK(other.starts_with("or herex"));
}

TEST_CASE("A text that ends where the other goes on differs there") {
  const std::string same(5000, 'x');
  const auto [one, other] = excerpts(same, same + " and more");
  CHECK(one == "…" + std::string(60, 'x'));
  CHECK(other == "…" + std::string(60, 'x') + " and more");
}

TEST_CASE("A cut before the difference does not split a character") {
  const std::string same = std::string(599, 'x') + "\xc3\xa9" + std::string(59, 'x');
  const auto [one, other] = excerpts(same + "here", same + "or here");
  CHECK(one == "…\xc3\xa9" + std::string(59, 'x') + "here");
  CHECK(other == "…\xc3\xa9" + std::string(59, 'x') + "or here");
}
