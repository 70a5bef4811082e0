#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

constexpr std::int64_t kLatest = 3;

class LateWrite final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "late-write"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the Set-Cookie of this answer is stored only after d later deliveries were triggered";
  }
  [[nodiscard]] Family family() const override { return Family::staleness; }

  [[nodiscard]] std::vector<Offer<WriteEffect>> at_write(const WriteSeam& seam) const override {
    if (!seam.changes_store) return {};
    std::vector<Offer<WriteEffect>> offers;
    for (std::int64_t d = 1; d <= kLatest; ++d) {
      offers.push_back({WriteEffect{.triggers_late = d}, Parameter{"d", d}});
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
