#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

constexpr std::int64_t kLatest = 3;
/// Of seven messages in flight: the triggers and the stores of the other six.
constexpr std::int64_t kLatestEvents = 12;

class LateWrite final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "late-write"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the Set-Cookie of this answer is stored only after d later deliveries were triggered";
  }
  [[nodiscard]] Family family() const override { return Family::staleness; }

  [[nodiscard]] std::vector<Offer<WriteEffect>> at_write(const WriteSeam& seam) const override {
    // Also where nothing changes now: it may come to overwrite what a later answer sets.
    std::vector<Offer<WriteEffect>> offers;
    for (std::int64_t d = 1; d <= kLatest; ++d) {
      offers.push_back({WriteEffect{.triggers_late = d}, Parameter{"d", d}});
    }
    for (std::int64_t after = 1; seam.finely && after <= kLatestEvents; ++after) {
      offers.push_back(
          {WriteEffect{.events_late = after}, Parameter{std::string(kEventsLate), after}});
    }
    return offers;
  }
};

}  // namespace

const FaultKind& late_write() {
  static const LateWrite kKind;
  return kKind;
}

}  // namespace crumbproof::faults
