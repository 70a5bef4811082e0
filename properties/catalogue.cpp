#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <iterator>

namespace crumbproof::properties {

const Properties& catalogue() {
  static const Properties kProperties{
      &cookie_missing(), &cookie_stale(),     &no_crash(),  &race(),  &loop_free(),
      &duplicate_safe(), &cookie_authority(), &signature(), &order(), &cookie_transport()};
  return kProperties;
}

Properties default_properties() {
  Properties properties;
  std::ranges::copy_if(catalogue(), std::back_inserter(properties), &Property::is_default);
  return properties;
}

const Property* find(std::string_view name) {
  const auto found = std::ranges::find(catalogue(), name, &Property::name);
  return found == catalogue().end() ? nullptr : *found;
}

Properties parse_list(std::string_view list) {
  std::vector<std::string_view> known;
  for (const Property* property : catalogue()) known.push_back(property->name());
  Properties properties;
  for (const std::size_t index : parse_name_list(list, {"property", known})) {
    properties.push_back(catalogue()[index]);
  }
  return properties;
}

}  // namespace crumbproof::properties
