#pragma once

#include <string>

namespace crumbproof::cli {

/// The manual page crumbproof(1), as roff for man(1): every command and option as --help has them,
/// exit codes, environment variables and files.
std::string man_page();

}  // namespace crumbproof::cli
