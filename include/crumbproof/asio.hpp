#pragma once

// All of crumbproof::asio.
#include <crumbproof/asio/acceptor.hpp>
#include <crumbproof/asio/context.hpp>
#include <crumbproof/asio/stream.hpp>
#include <crumbproof/asio/timer.hpp>
#include <crumbproof/simulated/handler.hpp>
#include <crumbproof/simulated/server.hpp>
