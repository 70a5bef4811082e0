#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class LostResponse final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "lost-response"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the app handled the request, the sender saw a time-out";
  }
  [[nodiscard]] Family family() const override { return Family::delivery; }

  [[nodiscard]] std::vector<Offer<DeliverEffect>> at_deliver(
      const DeliverSeam& seam) const override {
    if (seam.duplicate || seam.callback) return {};
    return {{DeliverEffect::lose_response, std::nullopt}};
  }
};

}  // namespace

const FaultKind& lost_response() {
  static const LostResponse kKind;
  return kKind;
}

}  // namespace crumbproof::faults
