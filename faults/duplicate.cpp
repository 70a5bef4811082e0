#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Duplicate final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "duplicate"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the same webhook (same MessageSid and idempotency token) or status callback arrives "
           "again";
  }
  [[nodiscard]] Family family() const override { return Family::delivery; }

  [[nodiscard]] std::vector<Offer<DeliverEffect>> at_deliver(
      const DeliverSeam& seam) const override {
    if (!seam.first_attempt && !seam.callback) return {};
    return {{DeliverEffect::duplicate, std::nullopt}};
  }
};

}  // namespace

const FaultKind& duplicate() {
  static const Duplicate kKind;
  return kKind;
}

}  // namespace crumbproof::faults
