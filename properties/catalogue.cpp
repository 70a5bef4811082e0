#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <array>

namespace crumbproof::properties {

namespace {

constexpr std::array<std::string_view, 6> kNotInThisVersion{
    "race", "duplicate-safe", "cookie-authority", "signature", "order", "cookie-transport"};

}  // namespace

const Properties& catalogue() {
  static const Properties kProperties{&cookie_missing(), &cookie_stale(), &no_crash(),
                                      &loop_free()};
  return kProperties;
}

const Property* find(std::string_view name) {
  const auto found = std::ranges::find(catalogue(), name, &Property::name);
  return found == catalogue().end() ? nullptr : *found;
}

Properties parse_list(std::string_view list) {
  std::vector<std::string_view> known;
  for (const Property* property : catalogue()) known.push_back(property->name());
  Properties properties;
  for (const std::size_t index : parse_name_list(
           list, {"property", known, {kNotInThisVersion.begin(), kNotInThisVersion.end()}})) {
    properties.push_back(catalogue()[index]);
  }
  return properties;
}

}  // namespace crumbproof::properties
