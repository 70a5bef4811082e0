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

bool is_attack(const FaultKind& kind) {
  const Kinds attacks{&foreign(), &forged(), &unsigned_request(), &plain_http()};
  return std::ranges::find(attacks, &kind) != attacks.end();
}

const FaultKind* find(std::string_view name) {
  const auto found = std::ranges::find(catalogue(), name, &FaultKind::name);
  return found == catalogue().end() ? nullptr : *found;
}

const FaultKind* first_attack(const Schedule& schedule) {
  for (const Fault& fault : schedule.faults) {
    const FaultKind* const kind = find(fault.kind);
    if (kind != nullptr && is_attack(*kind)) return kind;
  }
  return nullptr;
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
