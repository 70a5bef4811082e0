#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Reorder final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "reorder"; }
  [[nodiscard]] std::string_view summary() const override {
    return "a message is overtaken by the next ones of its pair, or a status callback by the next "
           "one of its message";
  }
  [[nodiscard]] Family family() const override { return Family::delivery; }

  [[nodiscard]] std::vector<Offer<SendEffect>> at_send(const SendSeam& seam) const override {
    std::vector<Offer<SendEffect>> offers;
    for (std::uint32_t by = 1; by <= seam.may_overtake; ++by) {
      offers.push_back({SendEffect{.overtaken_by = by}, std::nullopt});
      if (by > 1) offers.back().parameter = Parameter{"by", std::int64_t{by}};
    }
    return offers;
  }
};

}  // namespace

const FaultKind& reorder() {
  static const Reorder kKind;
  return kKind;
}

}  // namespace crumbproof::faults
