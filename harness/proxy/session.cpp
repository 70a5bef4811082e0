#include <crumbproof/proxy/foreign_page.hpp>
#include <crumbproof/proxy/session.hpp>
#include <crumbproof/twilio/ascii.hpp>

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::proxy {

namespace {

constexpr int kForbidden = 403;
constexpr int kBadRequest = 400;
constexpr int kBadGateway = 502;
constexpr int kGatewayTimeout = 504;

std::string_view reason_of(int status) {
  switch (status) {
    case kBadRequest:
      return "Bad Request";
    case kForbidden:
      return "Forbidden";
    case kGatewayTimeout:
      return "Gateway Timeout";
    default:
      return "Bad Gateway";
  }
}

/// As in "POST /sms": without the query, in which there may be names and numbers.
std::string shown_request(const Head& head) {
  const std::string_view target = head.target();
  return fmt::format("{} {}", head.method(), target.substr(0, target.find('?')));
}

void note_signature(Signature signature, bool refused, Event& event) {
  if (signature != Signature::wrong && signature != Signature::none) return;
  event.notes.push_back(fmt::format(
      "{}, {}", signature == Signature::wrong ? "the signature is wrong" : "there is no signature",
      refused ? "refused" : "passed on as it is"));
}

std::string held_words(Hold hold, bool let_go) {
  if (!let_go) return "held, but no other delivery came in time";
  return hold == Hold::until_answered ? "held until the next delivery was answered"
                                      : "held until the next delivery came";
}

}  // namespace

Shared::Shared(const Settings& with, Hooks telling, const boost::asio::any_io_executor& executor)
    : settings(with),
      hooks(std::move(telling)),
      signing(with.auth_token, with.public_url, with.app_url.value_or(with.to)),
      stage(with.stage, signing),
      holds(executor, with.hold),
      tls(boost::asio::ssl::context::tls_client) {
  if (!with.verify) return;
  tls.set_verify_mode(boost::asio::ssl::verify_peer);
  if (with.ca_file.empty()) {
    tls.set_default_verify_paths();
  } else {
    tls.load_verify_file(with.ca_file);
  }
}

std::chrono::milliseconds Shared::now() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               began);
}

void Shared::tell(const Event& event) {
  if (event.course) {
    std::set<Kind> kinds;
    for (const Deed& deed : event.course->deeds) kinds.insert(deed.kind);
    for (const Kind kind : kinds) ++totals.struck.at(static_cast<std::size_t>(kind));
  }
  if (hooks.on_event) hooks.on_event(event);
}

Session::Session(std::shared_ptr<Shared> shared, std::shared_ptr<Wire> sender)
    : shared_(std::move(shared)), sender_(std::move(sender)) {}

void Session::end() {
  if (idle_) sender_->close();
}

boost::asio::awaitable<void> Session::run() {
  bool keep = true;
  while (keep && !shared_->ending) {
    const auto request = std::make_shared<Message>(Framing::Kind::request);
    idle_ = true;
    co_await read_head(*sender_, *request, shared_->settings.patience);
    idle_ = false;
    keep = co_await serve(request);
  }
  leave_app();
  co_await linger();
}

Session::Awaitable<bool> Session::serve(std::shared_ptr<Message> request) {
  said_continue_ = false;
  if (request->failure.empty()) take_body(*sender_, *request);
  if (request->failure.empty() && may_be_webhook(request->head)) {
    co_await read_webhook_body(*request);
  }
  if (request->is_garbled()) {
    co_return co_await answer_with(kBadRequest, "this is no HTTP: " + request->failure);
  }
  if (!request->failure.empty()) co_return false;  // the sender is gone
  std::optional<Incoming> incoming;
  if (request->is_whole()) incoming = read_webhook(request->head, request->framing.content());
  request->framing.forget_content();
  const bool only_reads = request->head.method() == "GET" || request->head.method() == "HEAD";
  if ((incoming || !only_reads) &&
      is_from_foreign_page(request->head, shared_->settings.public_url)) {
    co_return co_await refuse_page(request->head);
  }
  if (!incoming) co_return co_await pass_through(request);
  co_return co_await serve_webhook(*request, std::move(*incoming));
}

Session::Awaitable<bool> Session::refuse_page(const Head& request) {
  Event event = begun(request);
  event.status = kForbidden;
  event.notes.emplace_back("refused: a page of another site has sent it");
  ++shared_->totals.others;
  const bool keep = co_await answer_with(kForbidden, "a page of another site has sent this");
  shared_->tell(event);
  co_return keep;
}

Session::Awaitable<void> Session::read_webhook_body(Message& request) {
  const bool waits = twilio::lower_case(request.head.value("Expect")) == "100-continue";
  if (waits && !request.is_whole() && sender_->unread.empty()) {
    const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    said_continue_ = co_await send(go_on);
  }
  co_await read_body(*sender_, request, kMostWebhookBytes, shared_->settings.patience);
}

Session::Awaitable<bool> Session::serve_webhook(Message& request, Incoming incoming) {
  Event event = begun(request.head);
  ++shared_->totals.webhooks;
  const Signature signature = shared_->signing.check(request.head, incoming);
  const bool bad = signature == Signature::wrong || signature == Signature::none;
  if (bad) ++shared_->totals.bad_signatures;
  const bool refused = bad && shared_->settings.refuse_unsigned;
  note_signature(signature, refused, event);
  bool keep = false;
  if (refused) {
    event.status = kForbidden;
    keep = co_await answer_with(kForbidden, "the request has no right X-Twilio-Signature");
  } else {
    if (shared_->hooks.on_webhook) shared_->hooks.on_webhook(incoming, event.at);
    event.course = shared_->stage.begin(incoming, signature, request.head);
    keep = co_await deliver(request, event);
    shared_->holds.on_answer(*event.course);
  }
  event.took = shared_->now() - event.at;
  shared_->tell(event);
  co_return keep;
}

Session::Awaitable<bool> Session::deliver(Message& request, Event& event) {
  Course& course = *event.course;
  shared_->holds.on_arrival(course);
  if (course.drop) co_return co_await answer_lost("this delivery was dropped on purpose", event);
  if (course.hold != Hold::no) {
    const bool let_go = co_await shared_->holds.wait(course);
    course.deeds.push_back({course.hold == Hold::until_answered ? Kind::reorder : Kind::overlap,
                            held_words(course.hold, let_go)});
  }
  Message answer = co_await ask(request, true);
  if (answer.failure.empty() && course.duplicate) co_await send_twice(request, answer, course);
  if (!answer.failure.empty()) co_return co_await answer_failure(answer, event);
  if (course.lose_response) {
    course.deeds.push_back({Kind::lost_response, "the app's answer was thrown away"});
    if (!answer.is_whole()) {
      co_await read_body(*app_, answer, kMostWebhookBytes, shared_->settings.patience);
    }
    co_return co_await answer_lost("this answer was lost on purpose", event);
  }
  shared_->stage.answer(course, answer.head);
  event.status = answer.framing.status();
  co_return co_await relay(request, answer);
}

Session::Awaitable<void> Session::send_twice(const Message& request, Message& answer,
                                             Course& course) {
  co_await read_body(*app_, answer, kMostWebhookBytes, shared_->settings.patience);
  if (!answer.failure.empty()) answer.failure = "the app did not answer: " + answer.failure;
  if (!answer.is_whole()) co_return;
  if (!answer.framing.keeps_alive()) leave_app();
  Message second = co_await ask(request, false);
  if (second.failure.empty()) {
    co_await read_body(*app_, second, kMostWebhookBytes, shared_->settings.patience);
  }
  course.deeds.push_back(
      {Kind::duplicate,
       second.is_whole()
           ? fmt::format("sent once more; the app answered {}, for no one", second.framing.status())
           : "sent once more; the app did not answer"});
  if (!second.is_whole() || !second.framing.keeps_alive()) leave_app();
}

Session::Awaitable<bool> Session::answer_lost(std::string text, Event& event) {
  if (!shared_->settings.silent_loss) {
    event.status = kBadGateway;
    co_return co_await answer_with(kBadGateway, std::move(text));
  }
  idle_ = true;  // nothing is to come, so end() need not wait
  boost::system::error_code error;
  while (!error && !shared_->ending) {
    sender_->unread.clear();
    error = co_await sender_->read(shared_->settings.patience);
  }
  idle_ = false;
  co_return false;
}

Event Session::begun(const Head& request) const {
  Event event;
  event.at = shared_->now();
  event.request = shown_request(request);
  return event;
}

Session::Awaitable<bool> Session::answer_failure(const Message& answer, Event& event) {
  event.status = answer.is_late ? kGatewayTimeout : kBadGateway;
  event.notes.push_back(answer.failure);
  co_return co_await answer_with(event.status, answer.failure);
}

Session::Awaitable<bool> Session::answer_with(int status, std::string text) {
  const std::string line = fmt::format("crumbproof proxy: {}\n", text);
  const std::string bytes = fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n"
      "Connection: close\r\n\r\n{}",
      status, reason_of(status), line.size(), line);
  co_await send(bytes);
  co_return false;
}

Session::Awaitable<bool> Session::send(const std::string& bytes) {
  const auto error = co_await sender_->write(bytes, shared_->settings.patience);
  co_return !error;
}

Session::Awaitable<void> Session::linger() {
  constexpr std::chrono::milliseconds kPause{1000};
  constexpr int kMostReads = 64;
  answered_ = true;
  sender_->end_writing();
  for (int read = 0; read < kMostReads && !pumping_; ++read) {
    sender_->unread.clear();
    const auto error = co_await sender_->read(kPause);
    if (error) break;
  }
}

void Session::leave_app() {
  if (app_) app_->close();
  app_.reset();
}

}  // namespace crumbproof::proxy
