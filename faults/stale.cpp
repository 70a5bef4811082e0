#include <crumbproof/faults/catalogue.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::faults {

namespace {

/// So many different older states of the cookies are tried.
constexpr std::size_t kMostStates = 3;

/// What the app sees of cookies.
using Content = std::vector<std::pair<std::string, std::string>>;

Content content(const std::vector<twilio::StoredCookie>& cookies) {
  Content content;
  for (const twilio::StoredCookie& cookie : cookies) {
    content.emplace_back(cookie.name, cookie.value);
  }
  return content;
}

class Stale final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "stale"; }
  [[nodiscard]] std::string_view summary() const override {
    return "the cookies of k versions ago are sent with this delivery (k reaches back over 3 "
           "different states)";
  }
  [[nodiscard]] Family family() const override { return Family::staleness; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& seam) const override {
    std::vector<Offer<ReadEffect>> offers;
    // A version that only renews lifetimes is no older state, nor is one that comes back, so k may
    // pass over some.
    const auto at = [&](std::size_t version) {
      return seam.store.cookies_for(version, seam.url, seam.triggered, twilio::Expiry::observed);
    };
    std::vector<Content> states{content(at(seam.snapshot))};
    for (std::size_t k = 1; k <= seam.snapshot && offers.size() < kMostStates; ++k) {
      std::vector<twilio::StoredCookie> older = at(seam.snapshot - k);
      if (std::ranges::find(states, content(older)) != states.end()) continue;
      states.push_back(content(older));
      offers.push_back(
          {ReadEffect{.cookies = std::move(older)}, Parameter{"k", static_cast<std::int64_t>(k)}});
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
