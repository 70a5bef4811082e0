#include <crumbproof/run/known_answers.hpp>

namespace crumbproof::run {

std::optional<AppAnswer> KnownAnswers::answer(const AppRequest& request, CookieValues& values) {
  const auto next = trie_.child(node_, request.key);
  if (!next) return std::nullopt;
  node_ = *next;
  const auto& seen = trie_.answer(node_);
  return AppAnswer{seen, values.adopt(seen->cookie_headers, seen->cookie_values)};
}

std::optional<std::string> KnownAnswers::probe(std::size_t /*pairs*/) { return trie_.probe(node_); }

}  // namespace crumbproof::run
