#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class DuplicateSafe final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "duplicate-safe"; }
  [[nodiscard]] std::string_view summary() const override {
    return "a duplicate delivery changes no later visible behaviour, and is not applied twice";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "a message that arrives twice is not the same as one";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Keep each MessageSid (or I-Twilio-Idempotency-Token) with what it was answered, in the "
           "same transaction as what it has changed; answer the same when it comes again. repeat "
           "has another MessageSid: who promises to survive that has to go by the text and the "
           "time.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return &kind == &faults::duplicate() || &kind == &faults::lost_response() ||
           &kind == &faults::repeat();
  }
  [[nodiscard]] faults::Kinds needs() const override { return {&faults::duplicate()}; }
  [[nodiscard]] bool is_default() const override { return false; }
  [[nodiscard]] Reference reference() const override { return Reference::undisturbed_twin; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.repeated || evidence.disturbance.empty()) return nullptr;
    return &evidence.disturbance.front();
  }
};

}  // namespace

const Property& duplicate_safe() {
  static const DuplicateSafe kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
