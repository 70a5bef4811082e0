#include <crumbproof/faults/catalogue.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace crumbproof::faults {

namespace {

/// Up to so many cookies every subset is withheld; of more, each alone and all but each.
constexpr std::size_t kAllSubsets = 4;

std::vector<std::vector<bool>> selections(std::size_t count) {
  std::vector<std::vector<bool>> selections;
  if (count < 2) return selections;
  if (count <= kAllSubsets) {
    for (unsigned bits = 1; bits + 1 < (1U << count); ++bits) {
      std::vector<bool> withheld(count);
      for (std::size_t i = 0; i < count; ++i) withheld[i] = ((bits >> i) & 1U) != 0;
      selections.push_back(std::move(withheld));
    }
    return selections;
  }
  for (const bool alone : {true, false}) {
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<bool> withheld(count, !alone);
      withheld[i] = alone;
      selections.push_back(std::move(withheld));
    }
  }
  return selections;
}

/// The cookie's name, and its path if there is another one of that name.
std::string name_among(const std::vector<twilio::StoredCookie>& cookies,
                       const twilio::StoredCookie& cookie) {
  if (std::ranges::count(cookies, cookie.name, &twilio::StoredCookie::name) == 1) {
    return cookie.name;
  }
  return cookie.name + "; Path=" + cookie.path;
}

class Partial final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "partial"; }
  [[nodiscard]] std::string_view summary() const override {
    return "some of several cookies are not sent with this delivery";
  }
  [[nodiscard]] Family family() const override { return Family::staleness; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& seam) const override {
    const auto cookies =
        seam.store.cookies_for(seam.snapshot, seam.url, seam.triggered, twilio::Expiry::observed);
    std::vector<Offer<ReadEffect>> offers;
    for (const std::vector<bool>& withheld : selections(cookies.size())) {
      ReadEffect effect;
      std::vector<std::string> names;
      for (std::size_t i = 0; i < cookies.size(); ++i) {
        if (withheld[i]) {
          names.push_back(name_among(cookies, cookies[i]));
        } else {
          effect.cookies.push_back(cookies[i]);
        }
      }
      offers.push_back({std::move(effect), Parameter{"withheld", std::move(names)}});
    }
    return offers;
  }
};

}  // namespace

const FaultKind& partial() {
  static const Partial kKind;
  return kKind;
}

}  // namespace crumbproof::faults
