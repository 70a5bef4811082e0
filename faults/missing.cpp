#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Missing final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "missing"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the Cookie header is not sent with this delivery";
  }
  [[nodiscard]] Family family() const override { return Family::absence; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& /*seam*/) const override {
    return {{ReadEffect{}, std::nullopt}};
  }
};

}  // namespace

const FaultKind& missing() {
  static const Missing kKind;
  return kKind;
}

}  // namespace crumbproof::faults
