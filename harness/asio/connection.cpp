#include <crumbproof/asio/connection.hpp>
#include <crumbproof/asio/scheduler.hpp>

#include <cassert>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/beast/core/error.hpp>

namespace crumbproof::asio::detail {

namespace error = boost::asio::error;

boost::system::error_code Connection::write(End from, std::string_view bytes) {
  const Side& own = side(from);
  Side& reader = side(other(from));
  if (own.closed) return error::bad_descriptor;
  if (reader.has_reset) return error::connection_reset;
  if (own.sends_no_more || reader.closed) return error::broken_pipe;
  if (reader.receives_no_more) return {};
  reader.incoming.append(bytes);
  wake(other(from));
  return {};
}

bool Connection::try_read(End at, ReadOperation& read) {
  Side& own = side(at);
  const Side& writer = side(other(at));
  if (own.closed) {
    read.set_error(error::bad_descriptor);
  } else if (writer.has_reset) {
    read.set_error(error::connection_reset);
  } else if (!read.has_room()) {
    return true;
  } else if (!own.incoming.front().empty()) {
    read.fill(own.incoming);
  } else if (own.receives_no_more || writer.sends_no_more) {
    read.set_error(error::eof);
  } else {
    return false;
  }
  return true;
}

bool Connection::read(End at, OwnedAs<ReadOperation> read, Scheduler& scheduler,
                      Clock::time_point due) {
  assert(!is_reading(at) && "only one read at a time");
  if (try_read(at, *read)) {
    scheduler.post(std::move(read));
    return false;
  }
  read->set_place(*this, at);
  return scheduler.wait(std::move(read), side(at).reader, due);
}

void Connection::wake(End at) {
  if (side(at).reader.empty()) return;
  auto& read = static_cast<ReadOperation&>(side(at).reader.front());
  if (try_read(at, read)) read.complete(read.error());
}

void Connection::shut_down_sending(End end) {
  side(end).sends_no_more = true;
  wake(other(end));
}

void Connection::shut_down_receiving(End end) {
  side(end).receives_no_more = true;
  wake(end);
}

void Connection::close(End end) {
  Side& own = side(end);
  if (std::exchange(own.closed, true)) return;
  cancel(end);
  if (!own.incoming.front().empty()) own.has_reset = true;
  shut_down_sending(end);
}

void Connection::reset(End end) {
  side(end).has_reset = true;
  close(end);
}

void ReadOperation::expire() {
  set_error(boost::beast::make_error_code(boost::beast::error::timeout));
  connection_->close(end_);
}

}  // namespace crumbproof::asio::detail
