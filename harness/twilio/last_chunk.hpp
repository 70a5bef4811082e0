#pragma once

#include <cstddef>
#include <string_view>

namespace crumbproof::twilio {

/// Whether what stands where a chunk's size is to come is the beginning of the last chunk, as in
/// "0\r\n", and no more of it is there. Beast 1.81 asserts that it is given more each time.
constexpr bool is_begun_last_chunk(std::string_view bytes) {
  constexpr std::size_t kWhole = 5;  // "0\r\n\r\n"
  return bytes.size() < kWhole && bytes.starts_with('0') &&
         bytes.find("\r\n") != std::string_view::npos;
}

}  // namespace crumbproof::twilio
