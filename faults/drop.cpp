#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Drop final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "drop"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the request never reaches the app";
  }
  [[nodiscard]] Family family() const override { return Family::delivery; }

  [[nodiscard]] std::vector<Offer<DeliverEffect>> at_deliver(
      const DeliverSeam& seam) const override {
    if (seam.duplicate || seam.callback) return {};
    return {{DeliverEffect::drop, std::nullopt}};
  }
};

}  // namespace

const FaultKind& drop() {
  static const Drop kKind;
  return kKind;
}

}  // namespace crumbproof::faults
