#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/difference.hpp>
#include <crumbproof/run/execution.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace crumbproof::properties {

/// With what an execution is compared.
enum class Reference : std::uint8_t {
  /// The same deliveries in the same order, every cookie there and up to date.
  fresh_twin,
  /// That twin itself is compared with another: each message delivered once and in its turn.
  undisturbed_twin,
};

/// What is known of a faulted execution and its twins. Differences are in the order in which they
/// showed.
struct Evidence {
  bool absence = false;     ///< cookies were missing, lost or expired
  bool staleness = false;   ///< cookies were stale, partial or late
  bool tampering = false;   ///< cookies were another pair's, or altered
  bool intrusion = false;   ///< a request came that Twilio had not signed
  bool plain_http = false;  ///< the cookies that were at fault came over http
  bool race = false;        ///< a message was triggered while cookies for it were on their way, or
                            ///< requests were in flight together, and no other fault touched a
                            ///< cookie
  bool repeated = false;    ///< messages came more than once, and nothing else was done to them
  bool swapped = false;     ///< messages came in another order, likewise
  std::span<const Difference> differences;  ///< from the fresh twin
  std::span<const Difference> accepted;     ///< requests that should have been refused
  std::span<const Difference> disturbance;  ///< of the fresh twin from the undisturbed one

  /// What an attack leads to is not put down to cookies that are missing or old.
  [[nodiscard]] bool attacked() const { return tampering || intrusion; }
};

/// Something that must hold of every execution and its fresh twin. Properties have no state.
class Property {
 public:
  Property() = default;
  Property(const Property&) = delete;
  Property& operator=(const Property&) = delete;
  virtual ~Property() = default;

  /// The name in options, files and reports.
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// What holds when it holds, in half a sentence.
  [[nodiscard]] virtual std::string_view summary() const = 0;
  /// What is said of an app that breaks it.
  [[nodiscard]] virtual std::string_view accusation() const = 0;
  /// What an app's author can change so that it holds: a sentence or two.
  [[nodiscard]] virtual std::string_view remedy() const = 0;
  /// Whether faults of that kind can break it.
  [[nodiscard]] virtual bool concerns(const faults::FaultKind& kind) const = 0;
  /// The kinds without which nothing can be said of it; they strike even if not named.
  [[nodiscard]] virtual faults::Kinds needs() const { return {}; }
  /// Whether it is looked at where no properties are named.
  [[nodiscard]] virtual bool is_default() const { return true; }
  /// With what an execution is compared where this property is looked at.
  [[nodiscard]] virtual Reference reference() const { return Reference::fresh_twin; }
  /// The first difference that breaks it; nullptr if it holds.
  [[nodiscard]] virtual const Difference* broken(const Evidence& evidence) const = 0;
};

}  // namespace crumbproof::properties
