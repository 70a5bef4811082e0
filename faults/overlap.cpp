#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Overlap final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "overlap"; }
  [[nodiscard]] std::string_view summary() const override {
    return "this delivery and the next message's are in flight at once, on two connections";
  }
  [[nodiscard]] Family family() const override { return Family::concurrency; }

  [[nodiscard]] std::vector<Offer<DeliverEffect>> at_deliver(
      const DeliverSeam& seam) const override {
    if (!seam.next_may_join) return {};
    return {{DeliverEffect::overlap, std::nullopt}};
  }
};

}  // namespace

const FaultKind& overlap() {
  static const Overlap kKind;
  return kKind;
}

}  // namespace crumbproof::faults
