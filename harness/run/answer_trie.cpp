#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>

namespace crumbproof::run {

namespace {

/// Whether the two answers mean the same to the sender. Bytes that do not show (white space, order
/// of attributes) and cookie values may differ.
bool same(const SeenAnswer& a, const SeenAnswer& b) {
  return a.answer.status == b.answer.status && a.answer.error_code == b.answer.error_code &&
         a.answer.set_cookies == b.answer.set_cookies && a.messages == b.messages &&
         a.next == b.next && a.sent == b.sent;
}

}  // namespace

std::uint64_t RequestKey::hash() const {
  Hasher hasher;
  hasher.add(pair).add(message).add(token).add(fallback_code).add(method.str()).add(url.str());
  hasher.add(text);
  hasher.add(details);
  hasher.add(cookies.size());
  for (const CookieSeen& cookie : cookies) {
    hasher.add(cookie.name).add(cookie.value).add(cookie.alteration);
  }
  hasher.add(together).add(execution).add(at).add(order.value());
  return hasher.value();
}

AnswerTrie::AnswerTrie() : nodes_(1) {}

std::optional<AnswerTrie::Node> AnswerTrie::child(Node node, const RequestKey& key) const {
  const auto [first, last] = nodes_[node.index()].children.equal_range(key.hash());
  for (auto entry = first; entry != last; ++entry) {
    if (entry->second.first == key) return entry->second.second;
  }
  return std::nullopt;
}

AnswerTrie::Node AnswerTrie::record(Node node, const RequestKey& key,
                                    std::shared_ptr<const SeenAnswer> answer) {
  if (const auto known = child(node, key)) {
    auto& answers = nodes_[known->index()].answers;
    // What depends on the app's timing is no variation by itself.
    const bool new_variation =
        key.execution == 0 &&
        std::ranges::none_of(answers, [&](const auto& earlier) { return same(*earlier, *answer); });
    if (new_variation && answers.size() < kMaxSamples) {
      answers.push_back(std::move(answer));
      ++variation_count_;
    }
    return *known;
  }
  const Node added(static_cast<std::uint32_t>(nodes_.size()));
  nodes_.emplace_back().answers.push_back(std::move(answer));
  nodes_.back().depends_on_timing = key.execution != 0;
  nodes_[node.index()].children.emplace(key.hash(), std::pair{key, added});
  return added;
}

const std::shared_ptr<const SeenAnswer>& AnswerTrie::answer(Node node) const {
  return nodes_[node.index()].answers.front();
}

void AnswerTrie::record_probe(Node node, std::string result) {
  auto& probes = nodes_[node.index()].probes;
  if (std::ranges::find(probes, result) != probes.end() || probes.size() >= kMaxSamples) return;
  if (!probes.empty() && nodes_[node.index()].depends_on_timing) return;
  if (!probes.empty()) ++variation_count_;
  probes.push_back(std::move(result));
}

std::optional<std::string> AnswerTrie::probe(Node node) const {
  const auto& probes = nodes_[node.index()].probes;
  if (probes.empty()) return std::nullopt;
  return probes.front();
}

std::vector<AnswerTrie::Variation> AnswerTrie::variations() const {
  std::vector<Variation> variations;
  for (const Entry& entry : nodes_) {
    if (entry.answers.size() > 1 || entry.probes.size() > 1) {
      variations.push_back({entry.answers, entry.probes});
    }
  }
  return variations;
}

}  // namespace crumbproof::run
