#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/twilio/cookie_match.hpp>
#include <crumbproof/twilio/http_auth.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

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
  const Exchange exchange = send(participants_.webhook(request), *request.url);
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

Exchange LiveAnswers::send(twilio::Request request, const twilio::Url& url) {
  Exchange exchange = target_.send(request);
  ++deliveries_;
  constexpr int kUnauthorized = 401;
  const auto credentials = twilio::credentials_of(url);
  if (!credentials || exchange.ending != Ending::answered ||
      exchange.response.status != kUnauthorized) {
    return exchange;
  }
  // The token is as good a nonce as any, and it is drawn from the run id like all else.
  const auto token = twilio::find_header(request.headers, "I-Twilio-Idempotency-Token");
  const std::string target = twilio::Url::parse(request.url).request_target();
  const auto answer = twilio::authorization(exchange.response.headers, *credentials,
                                            {request.method, target, token.value_or("")});
  if (!answer) return exchange;
  request.headers.push_back({"Authorization", *answer});
  const std::vector<twilio::Field> challenge = std::move(exchange.response.headers);
  exchange = target_.send(request);
  ++deliveries_;
  // What the challenge has set is stored too, before what the answer sets.
  std::vector<twilio::Field>& headers = exchange.response.headers;
  std::vector<twilio::Field> cookies;
  std::ranges::copy_if(challenge, std::back_inserter(cookies), [](const twilio::Field& header) {
    return twilio::lower_case(header.name) == "set-cookie";
  });
  headers.insert(headers.begin(), cookies.begin(), cookies.end());
  return exchange;
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
