#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::properties;

namespace {

using Names = std::vector<std::string>;

Names names(const Properties& properties) {
  Names names;
  for (const Property* property : properties) names.emplace_back(property->name());
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

TEST_CASE("All properties, in the order of the documentation") {
  CHECK(names(catalogue()) == Names{"cookie-missing", "cookie-stale", "no-crash", "loop-free"});
  for (const Property* property : catalogue()) {
    CHECK(find(property->name()) == property);
    CHECK_FALSE(property->summary().empty());
  }
  CHECK(find("race") == nullptr);
}

TEST_CASE("A list names properties, which come in the catalogue's order, each once") {
  CHECK(names(parse_list("loop-free,cookie-missing,loop-free")) ==
        Names{"cookie-missing", "loop-free"});
}

TEST_CASE("A property that is not known is refused with the nearest one") {
  CHECK(has(refusal("cookie-stael"), "cookie-stael"));
  CHECK(has(refusal("cookie-stael"), "cookie-stale"));
  CHECK(has(refusal("cookie-stael"), "property"));
}

TEST_CASE("A property that is promised for a later version is told to be no mistake") {
  for (const auto* const name :
       {"race", "duplicate-safe", "cookie-authority", "signature", "order", "cookie-transport"}) {
    CHECK(has(refusal(name), "not in this version"));
  }
}
