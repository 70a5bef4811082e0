#include <crumbproof/faults/catalogue.hpp>

#include <algorithm>

namespace crumbproof::faults {

namespace {

constexpr std::size_t kOldest = 3;

class Stale final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "stale"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the cookies of k versions ago are sent with this delivery (k up to 3)";
  }
  [[nodiscard]] Family family() const override { return Family::staleness; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& seam) const override {
    std::vector<Offer<ReadEffect>> offers;
    for (std::size_t k = 1; k <= std::min(kOldest, seam.snapshot); ++k) {
      offers.push_back(
          {ReadEffect{.cookies = seam.store.cookies_for(seam.snapshot - k, seam.url, seam.triggered,
                                                        twilio::Expiry::observed)},
           Parameter{"k", static_cast<std::int64_t>(k)}});
    }
    return offers;
  }
};

}  // namespace

const FaultKind& stale() {
  static const Stale kKind;
  return kKind;
}

}  // namespace crumbproof::faults
