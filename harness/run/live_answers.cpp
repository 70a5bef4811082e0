#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/run/transcript.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/http_auth.hpp>
#include <crumbproof/twilio/keywords.hpp>
#include <crumbproof/twilio/retry_after.hpp>
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

namespace {

/// User and password that a URL has; nothing if it has none.
std::optional<twilio::Credentials> credentials_for(const twilio::Url& url,
                                                   const Participants& participants) {
  if (url.userinfo.empty()) return std::nullopt;
  twilio::Url own = url;
  own.userinfo = participants.revealed_user(url);
  return twilio::credentials_of(own);
}

/// The request once more with an Authorization, if it was challenged for one that the URL has.
std::optional<twilio::Request> answer_challenge(
    const twilio::Request& request, const std::optional<twilio::Credentials>& credentials,
    const Exchange& exchange) {
  constexpr int kUnauthorized = 401;
  if (!credentials || exchange.ending != Ending::answered ||
      exchange.response.status != kUnauthorized) {
    return std::nullopt;
  }
  // The token is as good a nonce as any, and it is drawn from the run id like all else.
  const auto token = twilio::find_header(request.headers, "I-Twilio-Idempotency-Token");
  const std::string requested = twilio::Url::parse(request.url).request_target();
  const auto answer = twilio::authorization(exchange.response.headers, *credentials,
                                            {request.method, requested, token.value_or("")});
  if (!answer) return std::nullopt;
  twilio::Request authorized = request;
  authorized.headers.push_back({"Authorization", *answer});
  return authorized;
}

std::vector<twilio::Field> set_cookies_of(const Exchange& exchange) {
  std::vector<twilio::Field> cookies;
  std::ranges::copy_if(
      exchange.response.headers, std::back_inserter(cookies),
      [](const twilio::Field& header) { return twilio::lower_case(header.name) == "set-cookie"; });
  return cookies;
}

/// Whether the request goes to where the app was said to be, and not to where it has redirected to.
bool is_to_the_app(const AppRequest& request, const SenderSettings& settings) {
  return request.url->host == settings.webhook.host && request.url->port == settings.webhook.port;
}

/// What a probe returns is kept of each execution. Of a long one its beginning is enough, and what
/// tells the rest from others.
std::string shortened(std::string text) {
  constexpr std::size_t kMost = 16 * std::size_t{1024};
  if (text.size() <= kMost) return text;
  return fmt::format("{} ({} bytes, hash {:016x})", twilio::quotable(text, kMost), text.size(),
                     Hasher().add(text).value());
}

}  // namespace

LiveAnswers::LiveAnswers(const Shared& shared, Start start) : shared_(shared) {
  if (start == Start::anew) go_live();
}

std::optional<AnswerTrie::Node> LiveAnswers::known_state(const RequestKey& key) const {
  if (participants_) return std::nullopt;
  const auto next = shared_.trie.child(node_, key);
  return next && shared_.checkpoints.at(*next) != nullptr ? next : std::nullopt;
}

void LiveAnswers::go_live() {
  if (participants_) return;
  if (const Checkpoint* checkpoint = shared_.checkpoints.at(node_)) {
    participants_.emplace(checkpoint->participants);
    shared_.target.restore(*checkpoint->app);
  } else {
    participants_.emplace(shared_.settings, shared_.identities, shared_.unused);
    shared_.target.begin_execution();
  }
}

void LiveAnswers::keep_state() {
  if (shared_.checkpoints.full()) return;
  if (auto state = shared_.target.save()) {
    shared_.checkpoints.keep(node_, {std::move(state), *participants_});
  }
}

std::optional<AppAnswer> LiveAnswers::answer(const AppRequest& request, CookieValues& values) {
  if (const auto next = known_state(request.key)) {
    node_ = *next;
    const auto& seen = shared_.trie.answer(node_);
    return AppAnswer{seen, values.adopt(seen->cookies, seen->cookie_values)};
  }
  go_live();
  std::vector<target::Outgoing> outgoing;
  outgoing.push_back(prepare(request));
  const Exchange exchange = std::move(send(std::move(outgoing), {&request, 1}).front());
  AppAnswer answer = take(request, exchange, take_sent(), values);
  if (exchange.ending == Ending::answered) {
    shared_.times.add(request, exchange.took);
    if (shared_.transcript != nullptr) {
      shared_.transcript->entries.back().whole = true;
      shared_.transcript->entries.back().took = exchange.took;
    }
  }
  return answer;
}

std::optional<std::vector<AppAnswer>> LiveAnswers::answer_together(
    std::span<const AppRequest> requests, CookieValues& values) {
  go_live();
  std::vector<target::Outgoing> outgoing;
  for (const AppRequest& request : requests) outgoing.push_back(prepare(request));
  const std::vector<Exchange> exchanges = send(std::move(outgoing), requests);
  // To which of them it belongs cannot be told.
  std::vector<ReplyMessage> sent = take_sent();
  std::vector<AppAnswer> answers;
  for (std::size_t n = 0; n < requests.size(); ++n) {
    answers.push_back(take(requests[n], exchanges[n], std::exchange(sent, {}), values));
  }
  return answers;
}

target::Outgoing LiveAnswers::prepare(const AppRequest& request) {
  const bool is_news = request.news.has_value();
  target::Outgoing outgoing{
      is_news ? participants_->news(request) : participants_->webhook(request), request.patience,
      request.number, request.at, request.order};
  tell_outbox(request);
  return outgoing;
}

AppAnswer LiveAnswers::take(const AppRequest& request, const Exchange& exchange,
                            std::vector<ReplyMessage> sent, CookieValues& values) {
  if (exchange.ending == Ending::unreachable && !shared_.settings.fallback &&
      !shared_.outlives_app && is_to_the_app(request, shared_.settings)) {
    throw target::AppFailed(exchange.detail);
  }
  SeenAnswer seen = request.news
                        ? read_callback_answer(exchange)
                        : read_answer(exchange, {*request.url, participants_->pseudonyms(),
                                                 participants_->document_context(request)});
  seen.answer.problem = participants_->pseudonyms().hide(seen.answer.problem);
  seen.sent = std::move(sent);
  seen.answer.handlers = exchange.handlers;
  seen.cookie_values = values.number(seen.cookies);
  twilio::AnswerCookies cookies = seen.cookies;
  auto kept = std::make_shared<const SeenAnswer>(std::move(seen));
  const std::size_t known = shared_.trie.size();
  node_ = shared_.trie.record(node_, request.key, kept);
  first_here_ = first_here_ && shared_.trie.size() > known;
  if (first_here_) keep_state();
  if (shared_.transcript != nullptr) write_down(request.key, exchange, kept);
  return AppAnswer{std::move(kept), std::move(cookies)};
}

void LiveAnswers::write_down(const RequestKey& key, const Exchange& exchange,
                             const std::shared_ptr<const SeenAnswer>& seen) const {
  shared_.transcript->entries.push_back({key.hash(), seen});
  if (exchange.ending != Ending::answered) return;
  constexpr int kTooManyRequests = 429;
  constexpr int kUnavailable = 503;
  const auto retry_after = twilio::find_header(exchange.response.headers, "Retry-After");
  const int status = exchange.response.status;
  if (status != kTooManyRequests && !(status == kUnavailable && retry_after)) return;
  shared_.transcript->busy = true;
  if (retry_after) shared_.transcript->retry_after = twilio::parse_retry_after(*retry_after);
}

void LiveAnswers::tell_outbox(const AppRequest& request) {
  if (shared_.outbox == nullptr || request.news) return;
  shared_.unused.use(participants_->document_context(request).sender);
  shared_.outbox->heard(participants_->document_context(request).sender,
                        twilio::keyword_of(request.said->body));
}

std::vector<std::string> LiveAnswers::end() {
  if (!participants_) return {};
  return shared_.target.end_execution();
}

std::vector<ReplyMessage> LiveAnswers::take_sent() {
  std::vector<ReplyMessage> messages;
  if (shared_.outbox == nullptr) return messages;
  for (const target::SentMessage& message : shared_.outbox->take()) {
    // One for a sender of an earlier execution comes too late to say anything of this one.
    const bool late = shared_.unused.is_used(message.to) && !participants_->has_sender(message.to);
    if (!late) messages.push_back(participants_->sent(message));
  }
  return messages;
}

std::vector<Exchange> LiveAnswers::send(std::vector<target::Outgoing> requests,
                                        std::span<const AppRequest> details) {
  target::Target& target = shared_.target;
  const auto send_all = [&](std::span<const target::Outgoing> outgoing) {
    deliveries_ += outgoing.size();
    if (outgoing.size() > 1) return target.send_together(outgoing);
    std::vector<Exchange> exchanges;
    for (const target::Outgoing& one : outgoing) {
      exchanges.push_back(target.send_outgoing(one));
    }
    return exchanges;
  };
  std::vector<Exchange> exchanges = send_all(requests);
  std::vector<std::size_t> challenged;
  std::vector<target::Outgoing> again;
  for (std::size_t n = 0; n < requests.size(); ++n) {
    const auto credentials = credentials_for(*details[n].url, *participants_);
    if (auto authorized = answer_challenge(requests[n].request, credentials, exchanges[n])) {
      challenged.push_back(n);
      again.push_back(requests[n]);
      again.back().request = std::move(*authorized);
    }
  }
  std::vector<Exchange> final = send_all(again);
  for (std::size_t n = 0; n < challenged.size(); ++n) {
    // What the challenge has set is stored too, before what the answer sets.
    const std::vector<twilio::Field> cookies = set_cookies_of(exchanges[challenged[n]]);
    exchanges[challenged[n]] = std::move(final[n]);
    std::vector<twilio::Field>& headers = exchanges[challenged[n]].response.headers;
    headers.insert(headers.begin(), cookies.begin(), cookies.end());
    requests[challenged[n]].request = std::move(again[n].request);
  }
  for (std::size_t n = 0; n < requests.size(); ++n) {
    participants_->meet(exchanges[n]);
    if (shared_.log == nullptr) continue;
    shared_.log->push_back(participants_->without_secrets(
        {requests[n].number, requests[n].at, std::move(requests[n].request), exchanges[n]}));
  }
  return exchanges;
}

std::optional<std::string> LiveAnswers::probe(std::size_t pairs) {
  go_live();
  std::string result;
  for (std::size_t n = 0; n < pairs; ++n) {
    const twilio::Request request = participants_->probe(n);
    const Exchange exchange = shared_.target.send(request);
    participants_->meet(exchange);
    if (shared_.log != nullptr) {
      shared_.log->push_back(participants_->without_secrets({{}, {}, request, exchange}));
    }
    if (exchange.ending != Ending::answered) {
      throw target::AppFailed(fmt::format("the probe got no answer: {}", exchange.detail));
    }
    if (n > 0) result += '\n';
    result += fmt::format("{} ", exchange.response.status);
    result +=
        shortened(twilio::valid_utf8(participants_->pseudonyms().hide(exchange.response.body)));
  }
  shared_.trie.record_probe(node_, result);
  if (shared_.transcript != nullptr) shared_.transcript->probe = result;
  return result;
}

}  // namespace crumbproof::run
