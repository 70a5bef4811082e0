#include <crumbproof/proxy/message.hpp>

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>

namespace crumbproof::proxy {

namespace {

using boost::system::error_code;
using std::chrono::milliseconds;

void fail(Message& message, const error_code& error) {
  message.is_late = error == boost::beast::error::timeout;
  message.failure = message.is_late                    ? "it was silent for too long"
                    : error == boost::asio::error::eof ? "it has closed the connection"
                                                       : error.message();
}

/// Takes what belongs to the message from the bytes that were read.
void take(Wire& wire, Message& message, std::string& into) {
  const std::size_t taken = message.framing.put(wire.unread);
  into.append(wire.unread, 0, taken);
  wire.unread.erase(0, taken);
  if (message.is_garbled()) message.failure = message.framing.complaint();
}

bool is_end(const error_code& error) {
  return error == boost::asio::error::eof || error == boost::asio::ssl::error::stream_truncated;
}

}  // namespace

boost::asio::awaitable<void> read_head(Wire& wire, Message& message, milliseconds patience) {
  while (true) {
    if (!wire.unread.empty()) take(wire, message, message.head_bytes);
    if (!message.failure.empty()) co_return;
    if (message.framing.head_is_whole()) {
      message.head = Head(std::exchange(message.head_bytes, {}));
      co_return;
    }
    const error_code error = co_await wire.read(patience);
    if (error) {
      fail(message, error);
      co_return;
    }
  }
}

void take_body(Wire& wire, Message& message) {
  if (!wire.unread.empty() && !message.is_whole()) take(wire, message, message.body);
}

boost::asio::awaitable<void> read_body(Wire& wire, Message& message, std::size_t most,
                                       milliseconds patience) {
  while (!message.is_whole() && message.failure.empty() && message.body.size() <= most) {
    take_body(wire, message);
    if (message.is_whole() || !message.failure.empty() || message.body.size() > most) co_return;
    const error_code error = co_await wire.read(patience);
    if (!error) continue;
    if (is_end(error)) message.framing.put_end();
    if (!message.is_whole()) fail(message, error);
  }
}

boost::asio::awaitable<void> read_some_body(Wire& wire, Message& message, milliseconds patience) {
  co_await read_body(wire, message, 0, patience);
}

}  // namespace crumbproof::proxy
