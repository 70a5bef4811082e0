#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace crumbproof::proxy {

/// What can be done between a real sender and the app; names and meanings are those of `check`.
enum class Kind : std::uint8_t {
  missing,
  outage,
  stale,
  partial,
  lost_write,
  late_write,
  duplicate,
  lost_response,
  drop,
  reorder,
  overlap,
  foreign,
  forged,
  unsigned_request,
};

inline constexpr std::size_t kKinds = 14;

/// The name in options and logs.
std::string_view to_string(Kind kind);

/// How often each kind strikes, as a share of the deliveries from 0 to 1.
class Rates {
 public:
  /// Reads what --fault was given: one KIND=RATE each. Throws BadInput.
  static Rates parse(std::span<const std::string> texts);

  [[nodiscard]] double of(Kind kind) const { return rates_[static_cast<std::size_t>(kind)]; }
  /// Those that are not 0, as in `missing=0.05, drop=0.01`; empty for none.
  [[nodiscard]] std::string shown() const;

 private:
  std::array<double, kKinds> rates_{};
};

}  // namespace crumbproof::proxy
