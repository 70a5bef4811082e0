#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <iterator>

namespace crumbproof::faults {

const Kinds& catalogue() {
  static const Kinds kKinds{&missing(),       &outage(),     &stale(),   &partial(),
                            &lost_write(),    &late_write(), &expire(),  &duplicate(),
                            &lost_response(), &drop(),       &reorder(), &overlap(),
                            &shuffle(),       &foreign(),    &forged(),  &unsigned_request(),
                            &plain_http(),    &repeat()};
  return kKinds;
}

Kinds default_kinds() {
  Kinds kinds;
  std::ranges::copy_if(catalogue(), std::back_inserter(kinds), &FaultKind::is_default);
  return kinds;
}

const FaultKind* find(std::string_view name) {
  const auto found = std::ranges::find(catalogue(), name, &FaultKind::name);
  return found == catalogue().end() ? nullptr : *found;
}

Kinds parse_list(std::string_view list) {
  std::vector<std::string_view> known;
  for (const FaultKind* kind : catalogue()) known.push_back(kind->name());
  Kinds kinds;
  for (const std::size_t index : parse_name_list(list, {"fault", known})) {
    kinds.push_back(catalogue()[index]);
  }
  return kinds;
}

}  // namespace crumbproof::faults
