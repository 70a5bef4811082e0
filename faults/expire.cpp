#include <crumbproof/faults/catalogue.hpp>

#include <chrono>
#include <set>

namespace crumbproof::faults {

namespace {

class Expire final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "expire"; }
  [[nodiscard]] std::string_view summary() const override {
    return "virtual time passes the cookies' lifetime before this message";
  }
  [[nodiscard]] Family family() const override { return Family::absence; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& seam) const override {
    if (!seam.time_may_pass) return {};
    // Cookies may end at different moments: each of these moments is a jump of its own.
    std::set<Duration> jumps;
    const auto live =
        seam.store.cookies_for(seam.snapshot, seam.url, seam.triggered, twilio::Expiry::observed);
    for (const twilio::StoredCookie& cookie : live) {
      jumps.insert(cookie.expires - seam.triggered);
    }
    std::vector<Offer<ReadEffect>> offers;
    for (const Duration jump : jumps) {
      offers.push_back(
          {ReadEffect{.cookies = seam.store.cookies_for(
                          seam.snapshot, seam.url, seam.triggered + jump, twilio::Expiry::observed),
                      .pass = jump},
           Parameter{"seconds", std::chrono::ceil<std::chrono::seconds>(jump).count()}});
    }
    return offers;
  }
};

}  // namespace

const FaultKind& expire() {
  static const Expire kKind;
  return kKind;
}

}  // namespace crumbproof::faults
