#pragma once

#include <crumbproof/sim/ids.hpp>
#include <crumbproof/twilio/countries.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// Where the numbers of one run's senders come from, and its SIDs.
///
/// A sender is +1 NPA 555 XXXX with an assigned geographic area code: valid E.164, and a number
/// that belongs to no one. The run id picks where in the space of these numbers the run starts; it
/// goes on from there one by one, so no number comes twice within a run, and two runs share one
/// only if they start closer together than they are long.
class Identities {
 public:
  /// Equal run ids give equal numbers and SIDs.
  explicit Identities(std::string_view run_id);

  /// How many senders there are before numbers would come again.
  static std::uint64_t space();

  /// The n-th sender of this run, as in +12125550123. Throws std::length_error when n reaches
  /// space().
  [[nodiscard]] std::string sender(std::uint64_t n) const;
  /// The n-th sender of that country, which is not the United States; numbers that belong to no one
  /// as far as can be told. Throws std::length_error past the last one.
  [[nodiscard]] std::string sender(const Country& country, std::uint64_t n) const;
  /// A SID: the two-letter prefix and 32 lower-case hex digits, derived from run id and n.
  [[nodiscard]] std::string sid(std::string_view prefix, std::uint64_t n) const;
  /// A UUID version 4 in lower case (RFC 9562), derived from run id and n.
  [[nodiscard]] std::string uuid(std::uint64_t n) const;

 private:
  std::uint64_t seed_;
};

}  // namespace crumbproof::twilio
