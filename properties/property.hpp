#pragma once

#include <crumbproof/faults/fault_kind.hpp>
#include <crumbproof/properties/difference.hpp>
#include <crumbproof/run/execution.hpp>

#include <span>
#include <string_view>

namespace crumbproof::properties {

/// What is known of a faulted execution and its fresh twin.
struct Evidence {
  bool absence = false;                     ///< cookies were missing, lost or expired
  bool staleness = false;                   ///< cookies were stale, partial or late
  std::span<const Difference> differences;  ///< in the order in which they showed
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
  /// Whether faults of that family can break it.
  [[nodiscard]] virtual bool concerns(faults::Family family) const = 0;
  /// The first difference that breaks it; nullptr if it holds.
  [[nodiscard]] virtual const Difference* broken(const Evidence& evidence) const = 0;
};

}  // namespace crumbproof::properties
