#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class Order final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "order"; }
  [[nodiscard]] std::string_view summary() const override {
    return "arrival order of two messages does not matter";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "the order of arrival matters";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Let each message say all that it needs, or put messages in order by a number of your "
           "own before they count.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return &kind == &faults::reorder();
  }
  [[nodiscard]] faults::Kinds needs() const override { return {&faults::reorder()}; }
  [[nodiscard]] bool is_default() const override { return false; }
  [[nodiscard]] Reference reference() const override { return Reference::undisturbed_twin; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.swapped || evidence.disturbance.empty()) return nullptr;
    return &evidence.disturbance.front();
  }
};

}  // namespace

const Property& order() {
  static const Order kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
