#pragma once

#include <crumbproof/sim/bad_input.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

namespace crumbproof::fuzz {

/// Ends the process, and says what, if that does not hold.
void hold(bool holds, std::string_view what);

/// Holds that a complaint is fit to be shown: not empty, on one line, with no control bytes, and
/// valid UTF-8.
void hold_one_line(std::string_view complaint);

/// What `read` returns; nothing if it threw a BadInput, whose complaint has to be one line.
template <std::invocable Read>
auto read_or_complain(Read read) -> std::optional<std::invoke_result_t<Read>> {
  try {
    return read();
  } catch (const BadInput& bad) {
    hold_one_line(bad.what());
    return std::nullopt;
  }
}

}  // namespace crumbproof::fuzz
