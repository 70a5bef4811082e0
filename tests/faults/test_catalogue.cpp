#include <crumbproof/sim/bad_input.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

namespace {

using Names = std::vector<std::string>;

Names names(const Kinds& kinds) {
  Names names;
  for (const FaultKind* kind : kinds) names.emplace_back(kind->name());
  return names;
}

std::string refusal(std::string_view list) {
  try {
    parse_list(list);
  } catch (const BadInput& error) {
    return error.what();
  }
  return "none";
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("All kinds of fault, in the order of the documentation") {
  CHECK(names(catalogue()) == Names{"missing", "outage", "stale", "partial", "lost-write",
                                    "late-write", "expire", "duplicate", "lost-response", "drop",
                                    "reorder", "overlap", "shuffle", "foreign", "forged",
                                    "unsigned", "plain-http", "repeat"});
}

TEST_CASE("Attacks and what an app cannot tell from a user strike only where they are named") {
  const Kinds all = catalogue();
  CHECK(default_kinds() == Kinds(all.begin(), all.begin() + 13));
  CHECK(default_kinds().back() == &shuffle());
}

TEST_CASE("A kind is found by its name") {
  for (const FaultKind* kind : catalogue()) CHECK(find(kind->name()) == kind);
  CHECK(find("mising") == nullptr);
  CHECK(find("") == nullptr);
}

TEST_CASE("A list names kinds, which come in the catalogue's order, each once") {
  CHECK(names(parse_list("drop,missing,drop,stale")) == Names{"missing", "stale", "drop"});
  CHECK(names(parse_list("reorder")) == Names{"reorder"});
}

TEST_CASE("A name that is not known is refused with the nearest one") {
  CHECK(has(refusal("missing,dorp"), "dorp"));
  CHECK(has(refusal("missing,dorp"), "drop"));
  CHECK(has(refusal("missing,dorp"), "fault"));
  CHECK(refusal("") != "none");
}

TEST_CASE("The first attack of a schedule is told from what happens by itself") {
  const auto first = [](const Names& kinds) {
    Schedule schedule;
    for (const std::string& kind : kinds) schedule.faults.push_back({kind, DeliveryNumber(1), {}});
    return first_attack(schedule);
  };
  CHECK(first({}) == nullptr);
  CHECK(first({"missing", "no-such-kind"}) == nullptr);
  CHECK(first({"missing", "no-such-kind", "forged", "unsigned"}) == &forged());
}
