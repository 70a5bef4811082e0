#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/report/fault_words.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using report::Way;
using report::way_of;
using report::what_happened;

namespace {

Fault fault(const std::string& kind, const std::string& name, std::int64_t value) {
  return {kind, DeliveryNumber(1), Parameter{name, value}};
}

std::string words_of(const std::string& kind, const std::string& name,
                     const std::vector<std::string>& names) {
  const Fault fault{kind, DeliveryNumber(1), Parameter{name, names}};
  return what_happened(kind, &fault);
}

}  // namespace

TEST_CASE("Every kind of fault has words") {
  for (const faults::FaultKind* kind : faults::catalogue()) {
    CHECK(what_happened(kind->name(), nullptr) != "struck here");
  }
  CHECK(what_happened("unheard-of", nullptr) == "struck here");
}

TEST_CASE("Parameters are told in words") {
  const Fault one_version = fault("stale", "k", 1);
  CHECK(what_happened("stale", &one_version) == "the cookies of one version ago were sent");
  const Fault versions = fault("stale", "k", 3);
  CHECK(what_happened("stale", &versions) == "the cookies of 3 versions ago were sent");
  const Fault late = fault("late-write", "d", 1);
  CHECK(what_happened("late-write", &late) ==
        "this Set-Cookie was stored only after 1 later delivery had been triggered");
  const Fault expire = fault("expire", "seconds", 14'400);
  CHECK(what_happened("expire", &expire) ==
        "4 h 0 min 0 s passed before this message, more than the cookies' lifetime");
  const Fault one{"partial", DeliveryNumber(1),
                  Parameter{"withheld", std::vector<std::string>{"a"}}};
  CHECK(what_happened("partial", &one) == "of the cookies, a was withheld");
  const Fault two{"partial", DeliveryNumber(1),
                  Parameter{"withheld", std::vector<std::string>{"a", "b"}}};
  CHECK(what_happened("partial", &two) == "of the cookies, a, b were withheld");
}

TEST_CASE("Attacks are told by what was sent instead") {
  CHECK(words_of("foreign", "cookies", {"a", "b"}) == "with another pair's a, b");
  CHECK(words_of("forged", "flip", {"a"}) == "one bit of a was flipped");
  CHECK(words_of("forged", "cut", {"a"}) == "the last part of a was cut off");
  CHECK(words_of("forged", "revive", {"a"}) == "a, which had been deleted, was sent again");
  CHECK(words_of("unsigned", "signature", {"none"}) ==
        "a stranger says the same, without a signature");
  CHECK(words_of("unsigned", "signature", {"wrong"}) == "a stranger says the same, wrongly signed");
}

TEST_CASE("Orders and overtaking are told in numbers") {
  const Fault overtaken = fault("reorder", "by", 2);
  CHECK(what_happened("reorder", &overtaken) ==
        "2 messages that were sent later arrived before this one");
  CHECK(what_happened("reorder", nullptr) ==
        "a message that was sent later arrived before this one");
  const Fault shuffled = fault("shuffle", "order", 7);
  CHECK(what_happened("shuffle", &shuffled) ==
        "from here on the app's ready handlers run in order 7");
  const Fault late = fault("late-write", "after", 2);
  CHECK(what_happened("late-write", &late) ==
        "this Set-Cookie was stored only after 2 later triggers and stores of its pair");
}

TEST_CASE("Faults of answers and of cookie writes strike on the way back") {
  for (const char* kind :
       {"lost-write", "late-write", "lost-response", "duplicate", "repeat", "unsigned"}) {
    CHECK(way_of(kind) == Way::back);
  }
  for (const char* kind : {"missing", "outage", "stale", "partial", "expire", "drop", "reorder"}) {
    CHECK(way_of(kind) == Way::there);
  }
}
