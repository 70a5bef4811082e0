#include <crumbproof/asio/operation.hpp>
#include <crumbproof/asio/scheduler.hpp>

#include <boost/asio/error.hpp>

namespace crumbproof::asio::detail {

void DestroyOperation::operator()(Operation* operation) const noexcept { operation->finish(false); }

Operation::~Operation() { detach_cancellation(); }

void Operation::detach_cancellation() {
  if (cancellation_ != nullptr) cancellation_->release();
}

void Operation::complete(boost::system::error_code error) {
  error_ = error;
  scheduler_->make_ready(*this);
}

std::size_t cancel_first(OperationList& operations) {
  if (operations.empty()) return 0;
  operations.front().complete(boost::asio::error::operation_aborted);
  return 1;
}

std::size_t cancel_all(OperationList& operations) {
  std::size_t count = 0;
  while (cancel_first(operations) != 0) ++count;
  return count;
}

void Cancellation::release() {
  if (operation_ != nullptr) operation_->cancellation_ = nullptr;
  operation_ = nullptr;
}

void Cancellation::operator()(boost::asio::cancellation_type type) {
  // The operations of Asio's own timers and sockets take all three alike.
  using Type = boost::asio::cancellation_type;
  if ((type & (Type::terminal | Type::partial | Type::total)) == Type::none) return;
  if (operation_ != nullptr) operation_->complete(boost::asio::error::operation_aborted);
}

}  // namespace crumbproof::asio::detail
