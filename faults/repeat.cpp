#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Repeat final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "repeat"; }
  [[nodiscard]] std::string_view summary() const override {
    return "a carrier delivers the SMS twice: the same text with a new MessageSid";
  }
  [[nodiscard]] Family family() const override { return Family::delivery; }
  [[nodiscard]] bool is_default() const override { return false; }

  [[nodiscard]] std::vector<Offer<DeliverEffect>> at_deliver(
      const DeliverSeam& seam) const override {
    if (!seam.first_attempt) return {};
    return {{DeliverEffect::repeat, std::nullopt}};
  }
};

}  // namespace

const FaultKind& repeat() {
  static const Repeat kKind;
  return kKind;
}

}  // namespace crumbproof::faults
