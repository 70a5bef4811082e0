#include <crumbproof/faults/catalogue.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::faults {

namespace {

class Foreign final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "foreign"; }
  [[nodiscard]] std::string_view summary() const override {
    return "another pair's cookies are sent with this delivery, or one of them in the place of its "
           "own";
  }
  [[nodiscard]] Family family() const override { return Family::tampering; }
  [[nodiscard]] bool is_default() const override { return false; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& seam) const override {
    std::vector<Offer<ReadEffect>> offers;
    const auto own =
        seam.store.cookies_for(seam.snapshot, seam.url, seam.triggered, twilio::Expiry::observed);
    for (const twilio::CookieStore* other : seam.others) {
      const auto theirs =
          other->cookies_for(other->version(), seam.url, seam.triggered, twilio::Expiry::observed);
      if (theirs.empty()) continue;
      offers.push_back({ReadEffect{.cookies = theirs}, Parameter{"cookies", names(theirs)}});
      if (own.size() < 2) continue;
      for (const twilio::StoredCookie& cookie : theirs) {
        std::vector<twilio::StoredCookie> mixed = own;
        const auto mine = std::ranges::find(mixed, cookie.name, &twilio::StoredCookie::name);
        if (mine == mixed.end()) continue;
        *mine = cookie;
        offers.push_back({ReadEffect{.cookies = std::move(mixed)},
                          Parameter{"cookies", std::vector<std::string>{cookie.name}}});
      }
    }
    return offers;
  }

 private:
  static std::vector<std::string> names(const std::vector<twilio::StoredCookie>& cookies) {
    std::vector<std::string> names;
    for (const twilio::StoredCookie& cookie : cookies) names.push_back(cookie.name);
    return names;
  }
};

}  // namespace

const FaultKind& foreign() {
  static const Foreign kKind;
  return kKind;
}

}  // namespace crumbproof::faults
