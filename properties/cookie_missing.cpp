#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class CookieMissing final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "cookie-missing"; }
  [[nodiscard]] std::string_view summary() const override {
    return "with cookies missing, lost or expired, visible behaviour equals the fresh twin's";
  }
  [[nodiscard]] bool concerns(faults::Family family) const override {
    return family != faults::Family::staleness;
  }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    // Of an execution with both, cookie-stale is the judge.
    if (!evidence.absence || evidence.staleness || evidence.differences.empty()) return nullptr;
    return &evidence.differences.front();
  }
};

}  // namespace

const Property& cookie_missing() {
  static const CookieMissing kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
