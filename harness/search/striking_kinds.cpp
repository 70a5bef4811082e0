#include <crumbproof/search/striking_kinds.hpp>

#include <algorithm>
#include <iterator>

namespace crumbproof::search {

faults::Kinds striking_kinds(const CheckSettings& settings) {
  const auto strikes = [&](const faults::FaultKind* kind) {
    const bool named = std::ranges::find(settings.kinds, kind) != settings.kinds.end();
    return std::ranges::any_of(settings.properties, [&](const properties::Property* property) {
      const faults::Kinds needed = property->needs();
      return std::ranges::find(needed, kind) != needed.end() ||
             (named && property->concerns(*kind));
    });
  };
  faults::Kinds kinds;
  std::ranges::copy_if(faults::catalogue(), std::back_inserter(kinds), strikes);
  return kinds;
}

}  // namespace crumbproof::search
