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

  [[nodiscard]] std::vector<Offer<SendEffect>> at_send(const SendSeam& seam) const override {
    if (!seam.time_may_pass) return {};
    // Cookies may end at different moments: each of these moments is a jump of its own.
    std::set<Duration> jumps;
    for (const twilio::StoredCookie& cookie : seam.store.cookies_for(
             seam.store.version(), seam.url, seam.now, twilio::Expiry::observed)) {
      jumps.insert(std::chrono::ceil<std::chrono::seconds>(cookie.expires - seam.now));
    }
    std::vector<Offer<SendEffect>> offers;
    for (const Duration jump : jumps) {
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(jump);
      offers.push_back({SendEffect{.pass = jump}, Parameter{"seconds", seconds.count()}});
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
