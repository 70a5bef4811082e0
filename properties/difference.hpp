#pragma once

#include <crumbproof/sim/ids.hpp>

#include <cstdint>
#include <string>

namespace crumbproof::properties {

/// In what a faulted execution differs from its fresh twin.
enum class DifferenceKind : std::uint8_t {
  reply,     ///< other messages or another status class
  crash,     ///< 5xx, no answer, no valid TwiML, where the twin's is sound
  endless,   ///< redirects that do not end, where the twin's do
  probe,     ///< the probe returns something else in the end
  refused,   ///< a 4xx, where the twin's reply is none
  accepted,  ///< what should have been refused was not; there is no twin of that
};

/// One visible difference. Texts are as a person would tell it, with the execution's own numbers
/// and SIDs replaced by names; masked parts stand as they came.
struct Difference {
  DifferenceKind kind = DifferenceKind::reply;  ///< what it is that differs
  DeliveryNumber delivery;  ///< of the faulted execution, where the difference showed
  MessageIndex message;     ///< none of them for the probe
  std::string expected;     ///< what the fresh twin shows
  std::string actual;       ///< what the faulted execution shows

  friend bool operator==(const Difference&, const Difference&) = default;
};

}  // namespace crumbproof::properties
