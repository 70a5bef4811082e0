#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/search/size.hpp>

#include <algorithm>
#include <string>
#include <variant>

namespace crumbproof::search {

Size size_of(std::size_t conversation, std::size_t messages, std::span<const Fault> faults) {
  Size size;
  size.faults = faults.size();
  size.messages = messages;
  size.conversation = conversation;
  const faults::Kinds& kinds = faults::catalogue();
  for (const Fault& fault : faults) {
    if (fault.kind == faults::reorder().name()) {
      size.swaps += static_cast<std::size_t>(std::max<std::int64_t>(1, fault.magnitude()));
    }
    size.parameters += fault.magnitude();
    const auto kind = std::ranges::find(kinds, fault.kind, &faults::FaultKind::name);
    size.kinds.push_back(static_cast<std::size_t>(kind - kinds.begin()));
    size.places.push_back(fault.delivery.value());
    size.magnitudes.push_back(fault.magnitude());
    const auto* words =
        fault.parameter ? std::get_if<std::vector<std::string>>(&fault.parameter->value) : nullptr;
    if (words == nullptr) continue;
    size.words.push_back(fault.parameter->name);
    size.words.insert(size.words.end(), words->begin(), words->end());
  }
  return size;
}

}  // namespace crumbproof::search
