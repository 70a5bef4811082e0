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

AnswerTrie::AnswerTrie() : answers_(1), depends_on_timing_(1) {}

std::optional<AnswerTrie::Node> AnswerTrie::child(Node node, const RequestKey& key) const {
  return child(node, key.hash());
}

std::optional<AnswerTrie::Node> AnswerTrie::child(Node node, std::uint64_t key) const {
  if (edges_.empty()) return std::nullopt;
  const Edge& edge = edges_[place_of(node, key)];
  return edge.to == kRoot.value() ? std::nullopt : std::optional(Node(edge.to));
}

std::size_t AnswerTrie::place_of(Node node, std::uint64_t key) const {
  const std::size_t mask = edges_.size() - 1;
  std::size_t at = Hasher().add(key).add(node.value()).value() & mask;
  while (edges_[at].to != kRoot.value() &&
         (edges_[at].key != key || edges_[at].from != node.value())) {
    at = (at + 1) & mask;
  }
  return at;
}

void AnswerTrie::add_edge(Node from, std::uint64_t key, Node to) {
  // Up to three quarters are in use.
  constexpr std::size_t kFirst = 16;
  if (answers_.size() * 4 > edges_.size() * 3) {
    std::vector<Edge> larger(std::max(kFirst, edges_.size() * 2));
    edges_.swap(larger);
    for (const Edge& edge : larger) {
      if (edge.to != kRoot.value()) edges_[place_of(Node(edge.from), edge.key)] = edge;
    }
  }
  edges_[place_of(from, key)] = {key, from.value(), to.value()};
}

AnswerTrie::Node AnswerTrie::record(Node node, const RequestKey& key,
                                    std::shared_ptr<const SeenAnswer> answer) {
  const std::uint64_t hash = key.hash();
  if (const auto known = child(node, hash)) {
    // What depends on the app's timing is no variation by itself.
    if (key.execution != 0 || same(*answers_[known->index()], *answer)) return *known;
    auto& others = other_answers_[known->value()];
    const bool is_new =
        std::ranges::none_of(others, [&](const auto& earlier) { return same(*earlier, *answer); });
    if (is_new && others.size() + 1 < kMaxSamples) {
      others.push_back(std::move(answer));
      ++variation_count_;
    }
    return *known;
  }
  const Node added(static_cast<std::uint32_t>(answers_.size()));
  answers_.push_back(std::move(answer));
  depends_on_timing_.push_back(key.execution != 0);
  add_edge(node, hash, added);
  return added;
}

const std::shared_ptr<const SeenAnswer>& AnswerTrie::answer(Node node) const {
  return answers_[node.index()];
}

void AnswerTrie::record_probe(Node node, std::string result) {
  auto& probes = probes_[node.value()];
  if (std::ranges::find(probes, result) != probes.end() || probes.size() >= kMaxSamples) return;
  if (!probes.empty() && depends_on_timing_[node.index()]) return;
  if (!probes.empty()) ++variation_count_;
  probes.push_back(std::move(result));
}

std::optional<std::string> AnswerTrie::probe(Node node) const {
  const auto probes = probes_.find(node.value());
  if (probes == probes_.end()) return std::nullopt;
  return probes->second.front();
}

std::vector<AnswerTrie::Variation> AnswerTrie::variations() const {
  std::map<std::uint32_t, Variation> by_node;
  for (const auto& [node, others] : other_answers_) {
    Variation& variation = by_node[node];
    variation.answers.push_back(answers_[node]);
    variation.answers.insert(variation.answers.end(), others.begin(), others.end());
  }
  for (const auto& [node, probes] : probes_) {
    if (probes.size() < 2 && !by_node.contains(node)) continue;
    Variation& variation = by_node[node];
    if (variation.answers.empty() && node != kRoot.value()) {
      variation.answers.push_back(answers_[node]);
    }
    variation.probes = probes;
  }
  std::vector<Variation> variations;
  for (auto& [node, variation] : by_node) variations.push_back(std::move(variation));
  return variations;
}

}  // namespace crumbproof::run
