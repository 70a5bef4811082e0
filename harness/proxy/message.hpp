#pragma once

#include <crumbproof/proxy/framing.hpp>
#include <crumbproof/proxy/head.hpp>
#include <crumbproof/proxy/wire.hpp>

#include <chrono>
#include <cstddef>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace crumbproof::proxy {

/// A request or an answer, as far as it was read.
struct Message {
  explicit Message(Framing::Kind kind) : framing(kind) {}

  Framing framing;
  std::string head_bytes;  ///< as they came, until the head is whole
  Head head;
  std::string body;      ///< as it came, with its framing: what was not passed on yet
  std::string failure;   ///< why no more of it comes, in words; empty: none
  bool is_late = false;  ///< the failure is that the other side was silent for too long

  [[nodiscard]] bool is_whole() const { return framing.is_whole(); }
  /// Whether the failure is that this is no HTTP.
  [[nodiscard]] bool is_garbled() const { return !framing.complaint().empty(); }
};

/// Reads on until the head is whole, or failed.
boost::asio::awaitable<void> read_head(Wire& wire, Message& message,
                                       std::chrono::milliseconds patience);
/// Takes what has been read already of the body.
void take_body(Wire& wire, Message& message);
/// Reads on until the message is whole, failed, or has more than so many bytes of its body waiting.
boost::asio::awaitable<void> read_body(Wire& wire, Message& message, std::size_t most,
                                       std::chrono::milliseconds patience);
/// Reads on until some bytes of the body are waiting, or the message is whole or failed.
boost::asio::awaitable<void> read_some_body(Wire& wire, Message& message,
                                            std::chrono::milliseconds patience);

}  // namespace crumbproof::proxy
