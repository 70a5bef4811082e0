#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Reorder final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "reorder"; }
  [[nodiscard]] std::string_view summary() const override {
    return "two messages of a pair, or two status callbacks of a message, arrive in the opposite "
           "order";
  }
  [[nodiscard]] Family family() const override { return Family::delivery; }

  [[nodiscard]] std::vector<Offer<SendEffect>> at_send(const SendSeam& seam) const override {
    if (!seam.next_may_overtake) return {};
    return {{SendEffect{.hold_back = true}, std::nullopt}};
  }
};

}  // namespace

const FaultKind& reorder() {
  static const Reorder kKind;
  return kKind;
}

}  // namespace crumbproof::faults
