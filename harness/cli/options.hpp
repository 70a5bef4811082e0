#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/wishes.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::cli {

/// What `parse` makes of an option's value, nothing if it was not given. A BadInput of its own gets
/// the option's name.
template <class Parse>
auto option(const Given& given, std::string_view name, Parse parse)
    -> std::optional<decltype(parse(std::string()))> {
  const auto text = given.value(name);
  if (!text) return std::nullopt;
  try {
    return parse(*text);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", name, error.what()));
  }
}

/// What the command line asks for of all that a scenario file can ask for too. Throws BadInput.
Wishes command_line_wishes(const Given& given);

/// Of --seed; 1 by default, so that two runs do the same.
std::uint64_t seed_option(const Given& given);

/// How many executions may be in flight at once. Throws BadInput.
std::size_t jobs_option(const Given& given);

}  // namespace crumbproof::cli
