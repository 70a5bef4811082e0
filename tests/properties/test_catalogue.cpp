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
  CHECK(names(catalogue()) == Names{"cookie-missing", "cookie-stale", "no-crash", "race",
                                    "loop-free", "duplicate-safe", "cookie-authority", "signature",
                                    "order", "cookie-transport"});
  for (const Property* property : catalogue()) {
    CHECK(find(property->name()) == property);
    CHECK_FALSE(property->summary().empty());
    CHECK_FALSE(property->accusation().empty());
    CAPTURE(property->name());
    CHECK_FALSE(property->remedy().empty());
    CHECK(property->remedy().back() == '.');
  }
  CHECK(find("races") == nullptr);
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

TEST_CASE("The first five need neither a promise nor an attacker, and are the default") {
  const Properties all = catalogue();
  CHECK(default_properties() == Properties(all.begin(), all.begin() + 5));
}

TEST_CASE("Properties name the kinds without which nothing can be said of them") {
  using namespace crumbproof::faults;
  for (const Property* property : default_properties()) CHECK(property->needs().empty());
  CHECK(duplicate_safe().needs() == Kinds{&duplicate()});
  CHECK(cookie_authority().needs() == Kinds{&foreign(), &forged()});
  CHECK(signature().needs() == Kinds{&unsigned_request()});
  CHECK(order().needs() == Kinds{&reorder()});
  CHECK(cookie_transport().needs() == Kinds{&foreign(), &forged(), &plain_http()});
  for (const Property* property : crumbproof::properties::catalogue()) {
    for (const FaultKind* kind : property->needs()) CHECK(property->concerns(*kind));
  }
}
