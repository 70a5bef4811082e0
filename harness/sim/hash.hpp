#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace crumbproof {

/// A stable 64-bit hash (FNV-1a) over typed fields: the same on every machine, so it may stand in
/// reports. Strings are hashed with their length, so ("ab", "c") and ("a", "bc") differ.
class Hasher {
 public:
  /// Appends a text.
  constexpr Hasher& add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    for (const char c : text) byte(static_cast<unsigned char>(c));
    return *this;
  }

  /// Appends a number, by its value as 64 bits whatever its type.
  template <std::integral Integer>
  constexpr Hasher& add(Integer number) {
    auto bits = static_cast<std::uint64_t>(number);
    for (int i = 0; i < 8; ++i, bits >>= 8U) byte(static_cast<unsigned char>(bits));
    return *this;
  }

  /// The hash of all that was added.
  [[nodiscard]] constexpr std::uint64_t value() const { return state_; }
  /// The hash as 16 lower-case hex digits.
  [[nodiscard]] std::string hex() const;

 private:
  constexpr void byte(unsigned char b) { state_ = (state_ ^ b) * 0x100000001b3U; }

  std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace crumbproof
