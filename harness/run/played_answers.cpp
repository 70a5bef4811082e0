#include <crumbproof/run/played_answers.hpp>

#include <utility>

namespace crumbproof::run {

std::optional<AppAnswer> PlayedAnswers::answer(const AppRequest& request, CookieValues& values) {
  if (next_ == transcript_.entries.size()) return std::nullopt;
  const Transcript::Entry& entry = transcript_.entries[next_];
  if (entry.key != request.key.hash()) return std::nullopt;
  ++next_;
  values.number(entry.seen->cookies);
  if (learning_) {
    node_ = learning_->trie.record(node_, request.key, entry.seen);
    if (entry.whole) learning_->times.add(request, entry.took);
  }
  return AppAnswer{entry.seen, entry.seen->cookies};
}

std::optional<std::vector<AppAnswer>> PlayedAnswers::answer_together(
    std::span<const AppRequest> requests, CookieValues& values) {
  std::vector<AppAnswer> answers;
  for (const AppRequest& request : requests) {
    auto played = answer(request, values);
    if (!played) return std::nullopt;
    answers.push_back(std::move(*played));
  }
  return answers;
}

std::optional<std::string> PlayedAnswers::probe(std::size_t /*pairs*/) {
  if (learning_ && transcript_.probe) learning_->trie.record_probe(node_, *transcript_.probe);
  return transcript_.probe;
}

}  // namespace crumbproof::run
