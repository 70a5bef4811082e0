#pragma once

#include <crumbproof/target/target.hpp>

#include <exception>
#include <string>

namespace crumbproof::target {

/// What an exception says of itself.
std::string what(const std::exception_ptr& thrown);
/// The answer that a web server gives for an app that threw: 500, and the detail says what.
Exchange threw(const std::exception_ptr& thrown);

}  // namespace crumbproof::target
