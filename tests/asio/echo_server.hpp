#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "stage.hpp"
#include <boost/asio/detached.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace crumbproof::asio {

namespace http = boost::beast::http;

/// An answer that says what was asked.
inline http::message_generator answer(const http::request<http::string_body>& request) {
  http::response<http::string_body> response(http::status::ok, request.version());
  response.set(http::field::content_type, "text/plain");
  response.keep_alive(request.keep_alive());
  response.body() = std::string(request.method_string()) + " " + std::string(request.target()) +
                    " " + request.body();
  response.prepare_payload();
  return response;
}

/// A session as an app has it that was written for boost::beast::tcp_stream.
template <class Stream>
awaitable<void> serve(Stream stream) {
  boost::beast::flat_buffer buffer;
  try {
    for (bool keep_alive = true; keep_alive;) {
      stream.expires_after(std::chrono::seconds(30));
      http::request<http::string_body> request;
      co_await http::async_read(stream, buffer, request, use_awaitable);
      http::message_generator message = answer(request);
      keep_alive = message.keep_alive();
      co_await boost::beast::async_write(stream, std::move(message), use_awaitable);
    }
  } catch (const boost::system::system_error& error) {
    if (error.code() != http::error::end_of_stream) throw;
  }
  boost::system::error_code error;
  stream.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, error);
}

/// Likewise, for boost::asio::ip::tcp::acceptor.
template <class Acceptor>
awaitable<void> listen(Acceptor acceptor) {
  while (true) {
    auto stream = co_await acceptor.async_accept(use_awaitable);
    const auto executor = stream.get_executor();
    boost::asio::co_spawn(executor, serve(std::move(stream)), boost::asio::detached);
  }
}

}  // namespace crumbproof::asio
