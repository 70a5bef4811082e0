#pragma once

#include <crumbproof/faults/fault_kind.hpp>
#include <crumbproof/run/choice.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace crumbproof::search {

/// Drawn choices of a run in which only some kinds of fault are on. A run that may do anything
/// seldom does much of one thing (swarm testing: Groce and others, ISSTA 2012).
class SwarmChoices final : public run::ChoiceSource {
 public:
  /// Numbers and kinds must outlive this object.
  SwarmChoices(std::span<const std::uint32_t> numbers, std::size_t max_faults,
               std::span<const faults::FaultKind* const> on)
      : drawn_(numbers, max_faults), on_(on) {}

  void restart() override { drawn_.restart(); }
  std::size_t choose(const run::ChoicePoint& point) override { return drawn_.choose(point); }
  [[nodiscard]] bool wants_choices(const run::ChoicePlace& at) const override {
    return drawn_.wants_choices(at);
  }
  [[nodiscard]] bool wants_kind(const run::ChoicePlace& at, std::string_view kind) const override;
  [[nodiscard]] bool may_grow() const override { return drawn_.may_grow(); }
  [[nodiscard]] std::uint64_t identity() const override;

 private:
  run::DrawnChoices drawn_;
  std::span<const faults::FaultKind* const> on_;
};

}  // namespace crumbproof::search
