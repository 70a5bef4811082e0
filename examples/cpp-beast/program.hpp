#pragma once

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "server.hpp"
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core/tcp_stream.hpp>

/// Serves the app on 127.0.0.1 and the port in the environment variable PORT, until SIGINT or
/// SIGTERM; returns the exit code.
template <class App>
int run(std::shared_ptr<App> app) {
  try {
    const char* const wanted = std::getenv("PORT");
    const int port = std::stoi(wanted == nullptr ? "8080" : wanted);
    net::io_context context(1);
    net::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
    net::ip::tcp::acceptor acceptor(
        context, {net::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(port)});
    net::co_spawn(context, listen<boost::beast::tcp_stream>(std::move(acceptor), std::move(app)),
                  net::detached);
    context.run();
  } catch (const std::exception& error) {
    std::cerr << "the server has failed: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
