#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <memory>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

using target::Ending;
using target::Exchange;

LiveAnswers::LiveAnswers(const SenderSettings& settings, const twilio::Identities& identities,
                         Unused& unused, target::Target& target, AnswerTrie& trie)
    : settings_(settings),
      participants_(settings, identities, unused),
      target_(target),
      trie_(trie) {
  target_.begin_execution();
}

std::optional<AppAnswer> LiveAnswers::answer(const AppRequest& request, CookieValues& values) {
  const twilio::Request sent = participants_.webhook(request);
  const Exchange exchange = target_.send(sent);
  ++deliveries_;
  if (exchange.ending == Ending::unreachable && !settings_.fallback) {
    throw target::AppFailed(exchange.detail);
  }
  SeenAnswer seen = read_answer(exchange, *request.url, participants_.pseudonyms());
  seen.cookie_values = values.number(seen.cookie_headers);
  auto headers = seen.cookie_headers;
  auto shared = std::make_shared<const SeenAnswer>(std::move(seen));
  node_ = trie_.record(node_, request.key, shared);
  return AppAnswer{std::move(shared), std::move(headers)};
}

std::optional<std::string> LiveAnswers::probe(std::size_t pairs) {
  std::string result;
  for (std::size_t n = 0; n < pairs; ++n) {
    const Exchange exchange = target_.send(participants_.probe(n));
    if (exchange.ending != Ending::answered) {
      throw target::AppFailed(fmt::format("the probe got no answer: {}", exchange.detail));
    }
    if (n > 0) result += '\n';
    result += fmt::format("{} ", exchange.response.status);
    result += twilio::valid_utf8(participants_.pseudonyms().hide(exchange.response.body));
  }
  trie_.record_probe(node_, result);
  return result;
}

}  // namespace crumbproof::run
