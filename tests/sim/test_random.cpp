#include <crumbproof/sim/random.hpp>

#include <array>
#include <cstdint>
#include <limits>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using crumbproof::Random;

TEST_CASE("The numbers are those that SplitMix64 is published with") {
  Random random(1234567);
  for (const std::uint64_t expected :
       {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U,
        16408922859458223821U}) {
    CHECK(random.next() == expected);
  }
}

TEST_CASE("A number below a bound is below it, and the same seed gives it again") {
  CHECK(rc::check([](std::uint64_t seed, std::uint64_t bound) {
    RC_PRE(bound > 0U);
    const std::uint64_t number = Random(seed).below(bound);
    RC_ASSERT(number < bound);
    RC_ASSERT(number == Random(seed).below(bound));
  }));
  CHECK(Random(7).below(1) == 0);
}

TEST_CASE("Every number below a bound comes about as often") {
  constexpr std::size_t kBound = 6;
  constexpr int kDraws = 60'000;
  std::array<int, kBound> counts{};
  Random random(1);
  for (int i = 0; i < kDraws; ++i) ++counts.at(random.below(kBound));
  for (const int count : counts) {
    CHECK(count > 9'600);
    CHECK(count < 10'400);
  }
}

TEST_CASE("Bits that would favour small numbers are drawn again") {
  // Of a bound over half the range every second draw is unfair: without a new draw the numbers
  // below 2^64 - bound would come twice as often.
  constexpr std::uint64_t kBound = (std::uint64_t{1} << 63U) + (std::uint64_t{1} << 62U);
  constexpr std::uint64_t kThird = std::uint64_t{1} << 62U;
  constexpr int kDraws = 30'000;
  int in_first_third = 0;
  Random random(1);
  for (int i = 0; i < kDraws; ++i) {
    if (random.below(kBound) < kThird) ++in_first_third;
  }
  CHECK(in_first_third > 9'600);
  CHECK(in_first_third < 10'400);
}
