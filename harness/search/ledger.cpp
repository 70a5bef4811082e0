#include <crumbproof/search/ledger.hpp>

namespace crumbproof::search {

void Ledger::add(const Leaf& leaf) {
  for (const Fault& fault : leaf.faults) {
    const auto [known, is_new] =
        numbers_.try_emplace(fault, static_cast<std::uint32_t>(faults_.size()));
    if (is_new) faults_.push_back(fault);
    sequence_.push_back(known->second);
  }
  entries_.push_back({leaf.conversation, sequence_.size(), leaf.account, leaf.children});
}

Leaf Ledger::at(std::size_t index) const {
  const Entry& entry = entries_.at(index);
  Leaf leaf{entry.conversation, {}, entry.account, entry.children};
  for (const std::uint32_t number : fault_numbers(index)) leaf.faults.push_back(faults_[number]);
  return leaf;
}

std::span<const std::uint32_t> Ledger::fault_numbers(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : entries_.at(index - 1).end;
  return std::span(sequence_).subspan(begin, entries_.at(index).end - begin);
}

}  // namespace crumbproof::search
