#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Outage final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "outage"; }
  [[nodiscard]] std::string_view summary() const override {
    return "no cookie is sent from this delivery on";
  }
  [[nodiscard]] Family family() const override { return Family::absence; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& /*seam*/) const override {
    return {{ReadEffect{.cookies = {}, .outage = true}, std::nullopt}};
  }
};

}  // namespace

const FaultKind& outage() {
  static const Outage kKind;
  return kKind;
}

}  // namespace crumbproof::faults
