#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class CookieAuthority final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "cookie-authority"; }
  [[nodiscard]] std::string_view summary() const override {
    return "a foreign or forged cookie changes no visible behaviour";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "the app goes by a foreign or forged cookie";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Take who is speaking from the signed From and To. Sign what a cookie says, together "
           "with the pair that it is for, and treat one that does not fit as missing. Where a "
           "missing cookie does the same as the forged one (the report says so), the app has "
           "refused it rightly, and it is cookie-missing that does not hold.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return kind.family() == faults::Family::tampering;
  }
  [[nodiscard]] faults::Kinds needs() const override {
    return {&faults::foreign(), &faults::forged()};
  }
  [[nodiscard]] bool is_default() const override { return false; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.tampering || evidence.intrusion || evidence.differences.empty()) return nullptr;
    return &evidence.differences.front();
  }
};

}  // namespace

const Property& cookie_authority() {
  static const CookieAuthority kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
