#include <crumbproof/target/handler_target.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace crumbproof::target {

namespace {

/// The answer that a web server gives for an app that threw.
Exchange threw(std::string what) {
  Exchange exchange;
  exchange.response.status = 500;
  exchange.detail = "the handler threw: " + std::move(what);
  return exchange;
}

Exchange answer_of(const Handler& handler, const twilio::Request& request) {
  try {
    Exchange exchange;
    exchange.response = handler(request);
    return exchange;
  } catch (const std::exception& error) {
    return threw(error.what());
  } catch (...) {
    return threw("something that is no std::exception");
  }
}

}  // namespace

HandlerTarget::HandlerTarget(HandlerFactory factory) : factory_(std::move(factory)) {}

void HandlerTarget::begin_execution() { handler_ = factory_(); }

Exchange HandlerTarget::send(const twilio::Request& request) {
  if (!handler_) begin_execution();
  const auto start = std::chrono::steady_clock::now();
  Exchange exchange = answer_of(handler_, request);
  exchange.took = std::chrono::steady_clock::now() - start;
  return exchange;
}

}  // namespace crumbproof::target
