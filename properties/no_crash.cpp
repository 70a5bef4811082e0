#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class NoCrash final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "no-crash"; }
  [[nodiscard]] std::string_view summary() const override {
    return "no fault makes a reply a 5xx, a time-out, an invalid TwiML document or an endless "
           "redirect, where the fresh twin's is sound";
  }
  [[nodiscard]] std::string_view accusation() const override { return "a fault breaks the app"; }
  [[nodiscard]] std::string_view remedy() const override {
    return "Treat a missing or unusable cookie as an empty one.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& /*kind*/) const override { return true; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    for (const Difference& difference : evidence.differences) {
      if (difference.kind == DifferenceKind::crash || difference.kind == DifferenceKind::endless) {
        return &difference;
      }
    }
    return nullptr;
  }
};

}  // namespace

const Property& no_crash() {
  static const NoCrash kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
