#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class CookieMissing final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "cookie-missing"; }
  [[nodiscard]] std::string_view summary() const override {
    return "with cookies missing, lost or expired, visible behaviour equals the fresh twin's";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "the app hard-depends on its cookie";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Keep the conversation under (From, To), which every webhook carries and a signature "
           "covers, in a database. A cookie may hold a copy, to be faster.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return kind.family() == faults::Family::absence || kind.family() == faults::Family::delivery;
  }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    // Of an execution with both, cookie-stale is the judge.
    if (!evidence.absence || evidence.staleness || evidence.attacked()) return nullptr;
    if (evidence.differences.empty()) return nullptr;
    return &evidence.differences.front();
  }
};

}  // namespace

const Property& cookie_missing() {
  static const CookieMissing kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
