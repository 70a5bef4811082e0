#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class CookieStale final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "cookie-stale"; }
  [[nodiscard]] std::string_view summary() const override {
    return "with cookies stale, partial or late, visible behaviour equals the fresh twin's";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "the app trusts cookies that are not up to date";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Ask the database for the version of the conversation, and believe the copy in the "
           "cookie only if it is of that version. Where two cookies must agree, make them one.";
  }
  // Old cookies and missing ones may break an app only together.
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return kind.family() != faults::Family::tampering && kind.family() != faults::Family::intrusion;
  }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.staleness || evidence.attacked()) return nullptr;
    if (evidence.differences.empty()) return nullptr;
    return &evidence.differences.front();
  }
};

}  // namespace

const Property& cookie_stale() {
  static const CookieStale kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
