#include <crumbproof/proxy/session.hpp>

#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

// The app's side of a session.
namespace crumbproof::proxy {

namespace {

constexpr int kSwitchingProtocols = 101;
constexpr std::chrono::milliseconds kConnectPatience{10'000};
/// How long both sides of a tunnel may be silent.
constexpr std::chrono::milliseconds kTunnelPatience = std::chrono::hours(24);

bool is_interim(const Message& answer) {
  constexpr int kFinal = 200;
  const int status = answer.framing.status();
  return status < kFinal && status != kSwitchingProtocols;
}

}  // namespace

Session::Awaitable<std::string> Session::reach_app() {
  if (app_ && !app_->is_quiet()) leave_app();  // the app has closed it
  if (app_) co_return std::string();
  const twilio::Url& to = shared_->settings.to;
  Connected connected =
      co_await connect(to, shared_->tls, std::min(kConnectPatience, shared_->settings.patience));
  app_ = connected.wire;
  if (app_) co_return std::string();
  co_return fmt::format("the app at {}://{} cannot be reached: {}", to.scheme, to.host_header(),
                        connected.failure);
}

Session::Awaitable<Message> Session::ask(const Message& request, bool pass_interim_on) {
  const std::string bytes = request.head.bytes() + request.body;
  while (true) {
    const bool used_before = app_ != nullptr && app_->is_quiet();
    Message answer(Framing::Kind::answer);
    answer.failure = co_await reach_app();
    if (!answer.failure.empty()) co_return answer;
    co_await app_->write(bytes, shared_->settings.patience);  // if it fails, so does what follows
    answer = co_await read_answer(request, pass_interim_on);
    if (answer.failure.empty()) co_return answer;
    const bool nothing_came = answer.head_bytes.empty() && app_->unread.empty();
    leave_app();
    if (used_before && nothing_came && !answer.is_late) continue;
    answer.failure = "the app did not answer: " + answer.failure;
    co_return answer;
  }
}

Session::Awaitable<Message> Session::read_answer(const Message& request, bool pass_interim_on) {
  const auto kind =
      request.head.method() == "HEAD" ? Framing::Kind::answer_to_head : Framing::Kind::answer;
  std::size_t interim_bytes = 0;
  while (true) {
    Message answer(kind);
    co_await read_head(*app_, answer, shared_->settings.patience);
    if (!answer.failure.empty() || !is_interim(answer)) co_return answer;
    interim_bytes += answer.head.bytes().size();
    if (interim_bytes > kMostHeadBytes) {
      answer.failure = fmt::format("its interim answers are over {} bytes", kMostHeadBytes);
      co_return answer;
    }
    const bool is_continue = answer.framing.status() == 100;
    if (pass_interim_on && !(is_continue && said_continue_)) co_await send(answer.head.bytes());
  }
}

Session::Awaitable<bool> Session::pass_through(std::shared_ptr<Message> request) {
  Event event = begun(request->head);
  ++shared_->totals.others;
  Message answer(Framing::Kind::answer);
  if (request->is_whole()) {
    answer = co_await ask(*request, true);
  } else {
    answer = co_await ask_while_it_comes(request);
  }
  bool keep = false;
  if (answer.failure.empty()) {
    event.status = answer.framing.status();
    keep = co_await relay(*request, answer);
  } else {
    keep = co_await answer_failure(answer, event);
  }
  event.took = shared_->now() - event.at;
  shared_->tell(event);
  co_return keep;
}

Session::Awaitable<Message> Session::ask_while_it_comes(std::shared_ptr<Message> request) {
  Message answer(Framing::Kind::answer);
  answer.failure = co_await reach_app();
  if (!answer.failure.empty()) co_return answer;
  const std::string bytes = request->head.bytes() + std::exchange(request->body, {});
  co_await app_->write(bytes, shared_->settings.patience);
  pumping_ = true;
  answered_ = false;
  boost::asio::co_spawn(co_await boost::asio::this_coro::executor,
                        pump_request(shared_from_this(), request, app_), boost::asio::detached);
  answer = co_await read_answer(*request, true);
  if (!answer.failure.empty()) {
    answer.failure = "the app did not answer: " + answer.failure;
    leave_app();
  }
  co_return answer;
}

Session::Awaitable<void> Session::pump_request(std::shared_ptr<Session> self,
                                               std::shared_ptr<Message> request,
                                               std::shared_ptr<Wire> app) {
  const auto patience = self->shared_->settings.patience;
  while (!request->is_whole() && request->failure.empty()) {
    co_await read_some_body(*self->sender_, *request, patience);
    const std::string piece = std::exchange(request->body, {});
    if (self->answered_ || piece.empty()) continue;
    const auto error = co_await app->write(piece, patience);
    if (error) self->answered_ = true;
  }
  self->pumping_ = false;
  if (!request->failure.empty() && !self->answered_) app->close();  // the app shall know
}

Session::Awaitable<bool> Session::relay(const Message& request, Message& answer) {
  std::string bytes = answer.head.bytes() + std::exchange(answer.body, {});
  bool there = co_await send(bytes);
  if (there && answer.framing.status() == kSwitchingProtocols) {
    co_await tunnel();
    co_return false;
  }
  while (there && !answer.is_whole() && answer.failure.empty()) {
    co_await read_some_body(*app_, answer, shared_->settings.patience);
    bytes = std::exchange(answer.body, {});
    if (!bytes.empty()) there = co_await send(bytes);
  }
  const bool keep = there && answer.is_whole() && answer.framing.keeps_alive() &&
                    request.is_whole() && request.framing.keeps_alive();
  if (!keep) leave_app();
  co_return keep;
}

Session::Awaitable<void> Session::tunnel() {
  const std::shared_ptr<Wire> app = app_;
  pumping_ = true;
  boost::asio::co_spawn(co_await boost::asio::this_coro::executor,
                        pump_to_app(shared_from_this(), app), boost::asio::detached);
  while (true) {
    const std::string bytes = std::exchange(app->unread, {});
    const bool there = bytes.empty() || co_await send(bytes);
    if (!there) break;
    const auto error = co_await app->read(kTunnelPatience);
    if (error) break;
  }
}

Session::Awaitable<void> Session::pump_to_app(std::shared_ptr<Session> self,
                                              std::shared_ptr<Wire> app) {
  while (true) {
    const std::string bytes = std::exchange(self->sender_->unread, {});
    if (!bytes.empty()) {
      const auto failed = co_await app->write(bytes, kTunnelPatience);
      if (failed) break;
    }
    const auto error = co_await self->sender_->read(kTunnelPatience);
    if (error) break;
  }
  self->pumping_ = false;
  app->end_writing();
}

}  // namespace crumbproof::proxy
