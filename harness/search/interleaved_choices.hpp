#pragma once

#include <crumbproof/run/choice.hpp>
#include <crumbproof/search/interleaving.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

namespace crumbproof::search {

/// Makes a schedule's messages come late, and their cookies, as an interleaving says. What makes no
/// difference to the app, such as a late write of an answer that sets no cookie, is left out.
class InterleavedChoices final : public run::ChoiceSource {
 public:
  explicit InterleavedChoices(std::map<MessageIndex, Lateness> lateness)
      : lateness_(std::move(lateness)) {}

  void restart() override {}
  std::size_t choose(const run::ChoicePoint& point) override;
  [[nodiscard]] bool wants_choices(const run::ChoicePlace& at) const override {
    return !at.place.callback && at.place.ordinal == 0 && lateness_.contains(at.place.message);
  }
  [[nodiscard]] bool looks_finely() const override { return true; }
  [[nodiscard]] std::uint64_t identity() const override;

 private:
  std::map<MessageIndex, Lateness> lateness_;
};

}  // namespace crumbproof::search
