#include <crumbproof/search/fisher.hpp>

#include <catch2/catch.hpp>

using crumbproof::search::fisher_exact;

TEST_CASE("Fisher's exact test gives the chances that the books give") {
  // The lady who tasted tea: all four of eight told right.
  CHECK(fisher_exact({4, 4}, {0, 4}) == Approx(1.0 / 70));
  CHECK(fisher_exact({3, 4}, {1, 4}) == Approx(17.0 / 70));
  // r faulted runs against r twins, all different: 1 / C(2r, r).
  CHECK(fisher_exact({3, 3}, {0, 3}) == Approx(1.0 / 20));
  CHECK(fisher_exact({5, 5}, {0, 5}) == Approx(1.0 / 252));
  CHECK(fisher_exact({6, 6}, {0, 6}) == Approx(1.0 / 924));
}

TEST_CASE("Where nothing was seen, or nothing was tried, anything is chance") {
  CHECK(fisher_exact({0, 5}, {0, 5}) == Approx(1));
  CHECK(fisher_exact({0, 0}, {0, 0}) == Approx(1));
  CHECK(fisher_exact({0, 5}, {3, 5}) == Approx(1));
}

TEST_CASE("Large tables are no trouble") {
  CHECK(fisher_exact({4, 40}, {0, 80}) == Approx(0.01112).epsilon(0.001));
  CHECK(fisher_exact({500, 1000}, {0, 1000}) < 1e-100);
}
