#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class LostWrite final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "lost-write"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the Set-Cookie of this answer is never stored";
  }
  [[nodiscard]] Family family() const override { return Family::absence; }

  [[nodiscard]] std::vector<Offer<WriteEffect>> at_write(const WriteSeam& seam) const override {
    if (!seam.changes_store) return {};
    return {{WriteEffect{.lost = true}, std::nullopt}};
  }
};

}  // namespace

const FaultKind& lost_write() {
  static const LostWrite kKind;
  return kKind;
}

}  // namespace crumbproof::faults
