#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class Race final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "race"; }
  [[nodiscard]] std::string_view summary() const override {
    return "with set/trigger races, every reply equals the serial twin's in order of arrival";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "an answer depends on cookies that were still on their way";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return kind.family() == faults::Family::delivery || &kind == &faults::late_write();
  }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    if (!evidence.race || evidence.differences.empty()) return nullptr;
    return &evidence.differences.front();
  }
};

}  // namespace

const Property& race() {
  static const Race kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
