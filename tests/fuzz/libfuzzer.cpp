#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>
#include <targets.hpp>

namespace {

// libFuzzer calls functions of fixed names, with no place to put anything.
const crumbproof::fuzz::Target* chosen =  // NOLINT(*-avoid-non-const-global-variables)
    nullptr;

}  // namespace

/// libFuzzer passes over what begins with two dashes: `--target=NAME` chooses, and `--list` prints
/// each target's name and what it holds.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  constexpr std::string_view kTarget = "--target=";
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (argument == "--list") {
      for (const auto& target : crumbproof::fuzz::targets()) {
        fmt::print("{}\t{}\n", target.name, target.holds);
      }
      std::exit(EXIT_SUCCESS);
    }
    if (argument.starts_with(kTarget)) {
      chosen = crumbproof::fuzz::find_target(argument.substr(kTarget.size()));
    }
  }
  if (chosen == nullptr) {
    fmt::print(stderr, "fuzz: name one of its targets, as in --target=twiml; --list tells them\n");
    std::exit(EXIT_FAILURE);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  chosen->run(std::string_view(reinterpret_cast<const char*>(bytes), count));
  return 0;
}
