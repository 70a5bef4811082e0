#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class CookieStale final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "cookie-stale"; }
  [[nodiscard]] std::string_view summary() const override {
    return "with cookies stale, partial or late, visible behaviour equals the fresh twin's";
  }
  // Old cookies and missing ones may break an app only together.
  [[nodiscard]] bool concerns(faults::Family /*family*/) const override { return true; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.staleness || evidence.differences.empty()) return nullptr;
    return &evidence.differences.front();
  }
};

}  // namespace

const Property& cookie_stale() {
  static const CookieStale kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
