#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace crumbproof {

/// A number that cannot be mistaken for another kind of number. `Tag` only tells kinds apart.
template <class Tag>
class Number {
 public:
  constexpr Number() = default;
  /// The number with that value.
  constexpr explicit Number(std::uint32_t value) : value_(value) {}

  /// The number as it is written.
  [[nodiscard]] constexpr std::uint32_t value() const { return value_; }
  /// The number as an index into a vector.
  [[nodiscard]] constexpr std::size_t index() const { return value_; }
  /// The number after it.
  [[nodiscard]] constexpr Number next() const { return Number(value_ + 1); }

  friend constexpr auto operator<=>(const Number&, const Number&) = default;

 private:
  std::uint32_t value_ = 0;
};

/// A delivery of an execution: counted from 1 in the order in which the requests arrive at the app
/// (one that is lost on its way counts where it would have arrived). 0 means none.
using DeliveryNumber = Number<struct DeliveryTag>;
/// A message of a schedule, counted from 0 in the order in which the messages were sent.
using MessageIndex = Number<struct MessageTag>;
/// A (From, To) pair of a schedule, counted from 0.
using PairIndex = Number<struct PairTag>;

/// An order in which an app's ready handlers run, where the harness decides that: 0 is the order in
/// which they became ready, each other number one drawn from that number.
using HandlerOrder = Number<struct HandlerOrderTag>;

}  // namespace crumbproof
