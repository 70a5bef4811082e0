#include <crumbproof/run/known_answers.hpp>

#include <utility>

namespace crumbproof::run {

std::optional<AppAnswer> KnownAnswers::answer(const AppRequest& request, CookieValues& values) {
  const auto next = trie_.child(node_, request.key);
  if (!next) {
    unknown_ = request.key.hash();
    return std::nullopt;
  }
  node_ = *next;
  const auto& seen = trie_.answer(node_);
  return AppAnswer{seen, values.adopt(seen->cookies, seen->cookie_values)};
}

std::optional<std::vector<AppAnswer>> KnownAnswers::answer_together(
    std::span<const AppRequest> requests, CookieValues& values) {
  std::vector<AppAnswer> answers;
  for (const AppRequest& request : requests) {
    auto known = answer(request, values);
    if (!known) return std::nullopt;
    answers.push_back(std::move(*known));
  }
  return answers;
}

std::optional<std::string> KnownAnswers::probe(std::size_t /*pairs*/) { return trie_.probe(node_); }

}  // namespace crumbproof::run
