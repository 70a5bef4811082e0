#pragma once

#include <crumbproof/asio/acceptor.hpp>
#include <crumbproof/asio/stream.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stage.hpp"
#include <boost/asio/buffer.hpp>
#include <catch2/catch.hpp>

namespace crumbproof::asio {

namespace net = boost::asio;

/// A stream of the app's, the peer at its other end, and how its reads and writes ended.
struct Wire {
  Context context;
  Listener listener{context};
  Acceptor acceptor = listener.acceptor();
  Peer peer = listener.connect();
  std::optional<Stream> stream;
  std::string room = std::string(100, '?');
  std::vector<std::string> ended;

  Wire() {
    acceptor.async_accept(
        [this](error_code, Stream accepted) { stream.emplace(std::move(accepted)); });
    run_all(context);
  }
  void read() {
    stream->async_read_some(net::buffer(room), [this](error_code error, std::size_t count) {
      ended.push_back(error ? error.message() : room.substr(0, count));
    });
  }
  void write(std::string_view bytes) {
    stream->async_write_some(net::buffer(bytes), [this](error_code error, std::size_t count) {
      ended.push_back(error ? error.message() : std::to_string(count));
    });
  }
  std::vector<std::string> run() {
    CHECK(run_all(context) == Stopped::idle);
    return std::exchange(ended, {});
  }
};

using Words = std::vector<std::string>;

inline std::string words(error_code error) { return error.message(); }

inline const std::string kCancelled = words(net::error::operation_aborted);
inline const std::string kEof = words(net::error::eof);
inline const std::string kReset = words(net::error::connection_reset);
inline const std::string kBrokenPipe = words(net::error::broken_pipe);
inline const std::string kNotOpen = words(net::error::bad_descriptor);

}  // namespace crumbproof::asio
