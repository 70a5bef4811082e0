#pragma once

#include <crumbproof/asio/acceptor.hpp>
#include <crumbproof/asio/context.hpp>
#include <crumbproof/simulated/instance.hpp>
#include <crumbproof/target/app.hpp>

#include <functional>

namespace crumbproof::simulated {

/// Starts a server in the context, as by co_spawn of a coroutine that accepts connections; called
/// for each execution. What the server keeps, its coroutines have to hold.
using StartServer = std::function<void(asio::Context&, asio::Acceptor)>;

/// A server that is sent its requests as bytes over in-memory streams, as the app under test.
/// Connections are kept alive as HTTP/1.1 says, but for requests that are in flight together.
App server(StartServer start);

/// The same, as a part of a SimulatedTarget.
InstanceFactory server_instances(StartServer start);

}  // namespace crumbproof::simulated
