#pragma once

#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>

#include <sys/wait.h>

namespace crumbproof::example {

/// What a command has printed on both of its outputs, and its exit code.
struct Ran {
  std::string output;
  int exit_code = -1;
};

/// Runs a line of the shell.
inline Ran ran(const std::string& command) {
  Ran result;
  std::FILE* pipe = ::popen(("{ " + command + "; } 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer{};
  while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    result.output.append(buffer.data(), read);
  }
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  return result;
}

}  // namespace crumbproof::example
