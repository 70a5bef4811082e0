#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class PlainHttp final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "plain-http"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the same request comes over http://, where who listens can send it again with any "
           "cookies";
  }
  /// The twin's comes over http too, so that what differs is the cookies' doing.
  [[nodiscard]] Family family() const override { return Family::delivery; }
  [[nodiscard]] bool is_default() const override { return false; }

  [[nodiscard]] std::vector<Offer<DeliverEffect>> at_deliver(
      const DeliverSeam& seam) const override {
    if (!seam.first_attempt || !seam.has_plain_http) return {};
    return {{DeliverEffect::arrive_by_plain_http, std::nullopt}};
  }
};

}  // namespace

const FaultKind& plain_http() {
  static const PlainHttp kKind;
  return kKind;
}

}  // namespace crumbproof::faults
