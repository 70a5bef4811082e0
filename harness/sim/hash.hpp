#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crumbproof {

/// A stable 64-bit hash over typed fields: the same on every machine, so it may stand in reports.
/// It takes 64 bits at a time, since every delivery of every schedule goes through it: each word is
/// xored in, multiplied by an odd constant and folded (x ^ x >> 32), steps that lose nothing by
/// themselves. It is no defence against someone who looks for two equal hashes. Strings are hashed
/// with their length, so ("ab", "c") and ("a", "bc") differ.
class Hasher {
 public:
  /// Appends a text.
  constexpr Hasher& add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    while (text.size() >= kWordBytes) {
      word(bytes_of<kWordBytes>(text.data(), kWordBytes));
      text.remove_prefix(kWordBytes);
    }
    if (!text.empty()) word(bytes_of<kWordBytes - 1>(text.data(), text.size()));
    return *this;
  }

  /// Appends a number, by its value as 64 bits whatever its type.
  template <std::integral Integer>
  constexpr Hasher& add(Integer number) {
    word(static_cast<std::uint64_t>(number));
    return *this;
  }

  /// The hash of all that was added.
  [[nodiscard]] constexpr std::uint64_t value() const { return state_; }
  /// The hash as 16 lower-case hex digits.
  [[nodiscard]] std::string hex() const;

 private:
  static constexpr std::size_t kWordBytes = 8;

  /// The first byte is the lowest; what a word lacks is zero.
  template <std::size_t most>
  static constexpr std::uint64_t bytes_of(const char* bytes, std::size_t count) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < most && i < count; ++i) {
      word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (kWordBytes * i);
    }
    return word;
  }

  constexpr void word(std::uint64_t bits) {
    state_ = (state_ ^ bits) * 0x9e3779b97f4a7c15U;
    state_ ^= state_ >> 32U;
  }

  std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace crumbproof
