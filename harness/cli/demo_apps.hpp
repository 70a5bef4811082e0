#pragma once

#include <crumbproof/target/handler_target.hpp>

namespace crumbproof::cli {

/// Two apps that take a pizza order over SMS: `order`, a size, `yes`. They talk alike; what differs
/// is where they keep the conversation. Each handler factory is one running app, which remembers
/// from one execution to the next.

/// Keeps it in a session on the server, which only the cookie finds, as most tutorials do: without
/// it a new session begins, whose id then replaces the old one.
target::HandlerFactory fragile_demo_app();

/// Keeps it under (From, To), which every webhook carries. The cookie is a copy, believed only when
/// it is known to be the latest.
target::HandlerFactory sound_demo_app();

}  // namespace crumbproof::cli
