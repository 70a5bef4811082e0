#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/http_auth.hpp>
#include <crumbproof/twilio/keywords.hpp>
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

LiveAnswers::LiveAnswers(const Shared& shared)
    : shared_(shared), participants_(shared.settings, shared.identities, shared.unused) {
  shared_.target.begin_execution();
}

std::optional<AppAnswer> LiveAnswers::answer(const AppRequest& request, CookieValues& values) {
  const bool is_news = request.news.has_value();
  twilio::Request sent = is_news ? participants_.news(request) : participants_.webhook(request);
  tell_outbox(request);
  const Exchange exchange = send(std::move(sent), request);
  if (exchange.ending == Ending::unreachable && !shared_.settings.fallback) {
    throw target::AppFailed(exchange.detail);
  }
  // Before the answer is read, which may name the SIDs of what was sent.
  std::vector<ReplyMessage> outgoing = take_sent();
  SeenAnswer seen = is_news ? read_callback_answer(exchange)
                            : read_answer(exchange, {*request.url, participants_.pseudonyms(),
                                                     participants_.document_context(request)});
  seen.sent = std::move(outgoing);
  seen.cookie_values = values.number(seen.cookie_headers);
  if (exchange.ending == Ending::answered) shared_.times.add(request, exchange.took);
  auto headers = seen.cookie_headers;
  auto kept = std::make_shared<const SeenAnswer>(std::move(seen));
  node_ = shared_.trie.record(node_, request.key, kept);
  return AppAnswer{std::move(kept), std::move(headers)};
}

void LiveAnswers::tell_outbox(const AppRequest& request) {
  if (shared_.outbox == nullptr || request.news) return;
  shared_.unused.use(participants_.document_context(request).sender);
  shared_.outbox->heard(participants_.document_context(request).sender,
                        twilio::keyword_of(request.said->body));
}

std::vector<ReplyMessage> LiveAnswers::take_sent() {
  std::vector<ReplyMessage> messages;
  if (shared_.outbox == nullptr) return messages;
  for (const target::SentMessage& message : shared_.outbox->take()) {
    // One for a sender of an earlier execution comes too late to say anything of this one.
    const bool late = shared_.unused.is_used(message.to) && !participants_.has_sender(message.to);
    if (!late) messages.push_back(participants_.sent(message));
  }
  return messages;
}

Exchange LiveAnswers::send(twilio::Request request, const AppRequest& details) {
  target::Target& target = shared_.target;
  Exchange exchange = target.send_within(request, details.patience);
  ++deliveries_;
  constexpr int kUnauthorized = 401;
  const auto credentials = twilio::credentials_of(*details.url);
  if (!credentials || exchange.ending != Ending::answered ||
      exchange.response.status != kUnauthorized) {
    return exchange;
  }
  // The token is as good a nonce as any, and it is drawn from the run id like all else.
  const auto token = twilio::find_header(request.headers, "I-Twilio-Idempotency-Token");
  const std::string requested = twilio::Url::parse(request.url).request_target();
  const auto answer = twilio::authorization(exchange.response.headers, *credentials,
                                            {request.method, requested, token.value_or("")});
  if (!answer) return exchange;
  request.headers.push_back({"Authorization", *answer});
  const std::vector<twilio::Field> challenge = std::move(exchange.response.headers);
  exchange = target.send_within(request, details.patience);
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
    const Exchange exchange = shared_.target.send(participants_.probe(n));
    if (exchange.ending != Ending::answered) {
      throw target::AppFailed(fmt::format("the probe got no answer: {}", exchange.detail));
    }
    if (n > 0) result += '\n';
    result += fmt::format("{} ", exchange.response.status);
    result += twilio::valid_utf8(participants_.pseudonyms().hide(exchange.response.body));
  }
  shared_.trie.record_probe(node_, result);
  return result;
}

}  // namespace crumbproof::run
