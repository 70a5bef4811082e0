#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/proxy/server.hpp>

#include <optional>
#include <string>
#include <vector>

namespace crumbproof::cli {

/// What the command line of `proxy` asks for.
struct ProxyOptions {
  proxy::Settings settings;
  std::optional<OutputFile> record;
  bool anonymize = false;
  std::vector<std::string> keep_words;  ///< that anonymizing leaves as they are
  std::string log;                      ///< a file; empty: none
  bool verbose = false;
  bool quiet = false;
  std::vector<std::string> warnings;  ///< for the user, about how things were given
};

/// Throws BadInput.
ProxyOptions proxy_options(const Given& given, const Environment& environment);

}  // namespace crumbproof::cli
