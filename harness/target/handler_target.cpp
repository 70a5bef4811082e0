#include <crumbproof/target/handler_target.hpp>
#include <crumbproof/target/thrown.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace crumbproof::target {

namespace {

template <class Answer>
Exchange exchange_of(const Answer& answer) {
  const auto start = std::chrono::steady_clock::now();
  Exchange exchange;
  try {
    exchange.response = answer();
  } catch (...) {
    exchange = threw(std::current_exception());
  }
  exchange.took = std::chrono::steady_clock::now() - start;
  return exchange;
}

}  // namespace

HandlerTarget::HandlerTarget(HandlerFactory factory) : factory_(std::move(factory)) {}

void HandlerTarget::begin_execution() { handler_ = factory_(); }

Exchange HandlerTarget::send(const twilio::Request& request) {
  return send_outgoing({request, {}});
}

Exchange HandlerTarget::send_outgoing(const Outgoing& outgoing) {
  if (!handler_) begin_execution();
  const Watchdog::Watch watch(watchdog_, outgoing.number);
  return exchange_of([&] { return handler_(outgoing.request); });
}

ForkingTarget::ForkingTarget(std::unique_ptr<const ForkableHandler> first)
    : first_(std::move(first)) {}

void ForkingTarget::begin_execution() { now_ = first_->fork(); }

Exchange ForkingTarget::send(const twilio::Request& request) {
  return send_outgoing({request, {}});
}

Exchange ForkingTarget::send_outgoing(const Outgoing& outgoing) {
  if (!now_) begin_execution();
  const Watchdog::Watch watch(watchdog_, outgoing.number);
  return exchange_of([&] { return now_->answer(outgoing.request); });
}

std::shared_ptr<const Snapshot> ForkingTarget::save() const { return now_->fork(); }

void ForkingTarget::restore(const Snapshot& state) {
  now_ = dynamic_cast<const ForkableHandler&>(state).fork();
}

}  // namespace crumbproof::target
