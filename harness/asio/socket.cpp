#include <crumbproof/asio/scheduler.hpp>
#include <crumbproof/asio/socket.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace crumbproof::asio {

using detail::End;

namespace {

void throw_if(const boost::system::error_code& error, const char* what) {
  if (error) throw boost::system::system_error(error, what);
}

End other(End end) { return end == End::client ? End::server : End::client; }

}  // namespace

Socket::Socket(std::shared_ptr<detail::Connection> connection, End end)
    : connection_(std::move(connection)), end_(end) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this == &other) return *this;
  close();
  connection_ = std::move(other.connection_);
  end_ = other.end_;
  deadline_ = other.deadline_;
  return *this;
}

Socket::~Socket() { close(); }

bool Socket::is_open() const { return connection_ && !connection_->is_closed(end_); }

Socket::Error Socket::not_open() const {
  return is_open() ? Error() : Error(boost::asio::error::bad_descriptor);
}

std::size_t Socket::available() const {
  return is_open() ? connection_->incoming(end_).front().size() : 0;
}

Socket::Error Socket::shutdown(shutdown_type what, Error& error) {
  error = not_open();
  if (error) return error;
  if (what != shutdown_type::shutdown_receive) connection_->shut_down_sending(end_);
  if (what != shutdown_type::shutdown_send) connection_->shut_down_receiving(end_);
  return error;
}

void Socket::shutdown(shutdown_type what) {
  Error error;
  throw_if(shutdown(what, error), "shutdown");
}

void Socket::close() {
  if (connection_) connection_->close(end_);
}

Socket::Error Socket::close(Error& error) {
  close();
  return error = {};
}

Socket::Error Socket::cancel(Error& error) {
  error = not_open();
  if (!error) connection_->cancel(end_);
  return error;
}

void Socket::cancel() {
  Error error;
  throw_if(cancel(error), "cancel");
}

Socket::endpoint_type Socket::endpoint(End end) const {
  constexpr unsigned kServerPort = 80;
  constexpr unsigned kFirstClientPort = 49'152;  // of the ports for clients (RFC 6335)
  constexpr unsigned kClientPorts = 16'384;
  const unsigned port =
      end == End::server ? kServerPort : kFirstClientPort + connection_->number() % kClientPorts;
  return {boost::asio::ip::address_v4::loopback(), static_cast<boost::asio::ip::port_type>(port)};
}

Socket::endpoint_type Socket::remote_endpoint(Error& error) const {
  error = not_open();
  return error ? endpoint_type() : endpoint(other(end_));
}

Socket::endpoint_type Socket::remote_endpoint() const {
  Error error;
  endpoint_type remote = remote_endpoint(error);
  throw_if(error, "remote_endpoint");
  return remote;
}

Socket::endpoint_type Socket::local_endpoint(Error& error) const {
  error = not_open();
  return error ? endpoint_type() : endpoint(end_);
}

Socket::endpoint_type Socket::local_endpoint() const {
  Error error;
  endpoint_type local = local_endpoint(error);
  throw_if(error, "local_endpoint");
  return local;
}

Socket::Error Socket::write(std::string_view bytes) {
  return connection_ ? connection_->write(end_, bytes) : not_open();
}

bool Socket::read(detail::OwnedAs<detail::ReadOperation> read, detail::Scheduler& scheduler) {
  if (connection_) return connection_->read(end_, std::move(read), scheduler, deadline_);
  read->set_error(not_open());
  scheduler.post(std::move(read));
  return false;
}

void Socket::set_deadline(Clock::time_point deadline) {
  if (connection_ && connection_->is_reading(end_)) return;
  deadline_ = deadline;
}

}  // namespace crumbproof::asio
