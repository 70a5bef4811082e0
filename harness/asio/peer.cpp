#include <crumbproof/asio/connection.hpp>
#include <crumbproof/asio/peer.hpp>

#include <utility>

namespace crumbproof::asio {

using detail::End;

namespace {

/// Whoever plays a client reads what has come, so its end is no reset.
void hang_up(detail::Connection& connection) {
  connection.incoming(End::client).take_all();
  connection.close(End::client);
}

}  // namespace

Peer::Peer(std::shared_ptr<detail::Connection> connection) : connection_(std::move(connection)) {}

Peer& Peer::operator=(Peer&& other) noexcept {
  if (this == &other) return *this;
  if (connection_) hang_up(*connection_);
  connection_ = std::move(other.connection_);
  return *this;
}

Peer::~Peer() {
  if (connection_) hang_up(*connection_);
}

void Peer::write(std::string_view bytes) { connection_->write(End::client, bytes); }

std::string_view Peer::received() const {
  return std::as_const(*connection_).incoming(End::client).front();
}

void Peer::consume(std::size_t count) { connection_->incoming(End::client).consume(count); }

std::string Peer::take() { return connection_->incoming(End::client).take_all(); }

bool Peer::has_ended() const { return connection_->has_ended_sending(End::server); }

bool Peer::is_closed() const { return connection_->is_closed(End::server); }

bool Peer::was_reset() const { return connection_->was_reset_by(End::server); }

void Peer::shut_down() { connection_->shut_down_sending(End::client); }

void Peer::reset() { connection_->reset(End::client); }

}  // namespace crumbproof::asio
