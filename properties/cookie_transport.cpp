#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class CookieTransport final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "cookie-transport"; }
  [[nodiscard]] std::string_view summary() const override {
    return "over plain http, cookies change no visible behaviour";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "the app goes by cookies that came over plain http";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Refuse plain http, or treat cookies that come over it as missing; behind a proxy "
           "X-Forwarded-Proto tells. Set Secure.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return kind.family() != faults::Family::intrusion;
  }
  [[nodiscard]] faults::Kinds needs() const override {
    return {&faults::foreign(), &faults::forged(), &faults::plain_http()};
  }
  [[nodiscard]] bool is_default() const override { return false; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.plain_http || evidence.intrusion || evidence.differences.empty()) return nullptr;
    return &evidence.differences.front();
  }
};

}  // namespace

const Property& cookie_transport() {
  static const CookieTransport kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
