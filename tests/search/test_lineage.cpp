#include <crumbproof/search/lineage.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// Four deliveries; the first and the third answer set "c", the first "d" too, and each delivery
/// carries what is there.
Trace spun() {
  const auto delivery = [](std::uint32_t number, std::vector<CookieSent> cookies,
                           std::vector<std::string> sets) {
    Delivery made;
    made.number = DeliveryNumber(number);
    made.cookies = std::move(cookies);
    Answer answer;
    answer.set_cookies = std::move(sets);
    made.answer = Shared<Answer>(std::move(answer));
    return made;
  };
  const DeliveryNumber first(1);
  const DeliveryNumber third(3);
  Trace trace;
  trace.deliveries = {delivery(1, {}, {"c", "d"}), delivery(2, {{"c", first}, {"d", first}}, {}),
                      delivery(3, {{"c", first}, {"d", first}}, {"c"}),
                      delivery(4, {{"c", third}, {"d", first}}, {})};
  return trace;
}

std::string cuts(const std::string& kind, std::uint32_t delivery,
                 std::optional<Parameter> parameter = std::nullopt) {
  std::string text;
  for (const Cut& cut : cuts_of(spun(), {kind, DeliveryNumber(delivery), std::move(parameter)})) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", cut.at.value(), cut.how);
    if (cut.much > 0) text += fmt::format(" by {}", cut.much);
  }
  return text;
}

}  // namespace

TEST_CASE("A fault cuts the threads between who sets a cookie and who carries it") {
  const auto number = [](const char* name, std::int64_t value) { return Parameter{name, value}; };
  CHECK(cuts("missing", 2) == "2 absent");
  CHECK(cuts("outage", 3) == "3 absent, 4 absent");
  CHECK(cuts("expire", 2, number("seconds", 14'400)) == "2 absent, 3 absent, 4 absent");
  CHECK(cuts("stale", 4, number("k", 2)) == "4 outdated by 1, 4 outdated by 2");
  CHECK(cuts("partial", 2, Parameter{"without", std::vector<std::string>{"d"}}) == "2 partial");
  CHECK(cuts("foreign", 2) == "2 tampered");
  // The first value of a cookie is lost for all who carry it, the second leaves the first.
  CHECK(cuts("lost-write", 1) == "2 absent, 3 absent, 4 absent");
  CHECK(cuts("lost-write", 3) == "4 outdated by 1");
  CHECK(cuts("late-write", 1, number("d", 1)) == "2 late");
  CHECK(cuts("late-write", 1, number("d", 2)) == "2 late, 3 late, 4 reverted");
}

TEST_CASE("What cuts no thread disturbs its delivery, in its own way") {
  CHECK(cuts("drop", 2) == "2 drop");
  CHECK(cuts("reorder", 3) == "3 reorder");
  // There is no cookie yet, nor anyone who reads the last write.
  CHECK(cuts("missing", 1) == "1 missing");
  CHECK(cuts("lost-write", 4) == "4 lost-write");
}

TEST_CASE("What names no cookie, and what is no fault at all, cuts no thread") {
  CHECK(cuts("partial", 2) == "2 partial");
  CHECK(cuts("no-such-kind", 2) == "2 ");
}
