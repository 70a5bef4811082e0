#include <crumbproof/properties/catalogue.hpp>

#include <algorithm>

namespace crumbproof::properties {

namespace {

class Signature final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "signature"; }
  [[nodiscard]] std::string_view summary() const override {
    return "a wrong signature is refused (403 or other 4xx) and without effect, a right one is "
           "accepted whatever the cookies";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "the app does not go by the signature";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Use the validator of Twilio's SDK before anything else is done, with the public URL; "
           "answer 403 when it fails, also where there is no signature.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return kind.family() != faults::Family::delivery;
  }
  [[nodiscard]] faults::Kinds needs() const override { return {&faults::unsigned_request()}; }
  [[nodiscard]] bool is_default() const override { return false; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.accepted.empty()) return &evidence.accepted.front();
    // What was refused may have been carried out all the same.
    const bool had_effect = evidence.intrusion && !evidence.absence && !evidence.staleness &&
                            !evidence.tampering && !evidence.differences.empty();
    if (had_effect) return &evidence.differences.front();
    const auto refused =
        std::ranges::find(evidence.differences, DifferenceKind::refused, &Difference::kind);
    return refused == evidence.differences.end() ? nullptr : &*refused;
  }
};

}  // namespace

const Property& signature() {
  static const Signature kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
