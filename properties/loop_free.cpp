#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class LoopFree final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "loop-free"; }
  [[nodiscard]] std::string_view summary() const override { return "TwiML <Redirect> chains end"; }
  [[nodiscard]] std::string_view accusation() const override {
    return "the app redirects without end";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Do not redirect to set a cookie and find it there: count the redirect in the URL, or "
           "do "
           "without.";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& /*kind*/) const override { return true; }
  [[nodiscard]] const Difference* broken(const Evidence& evidence) const override {
    for (const Difference& difference : evidence.differences) {
      if (difference.kind == DifferenceKind::endless) return &difference;
    }
    return nullptr;
  }
};

}  // namespace

const Property& loop_free() {
  static const LoopFree kProperty;
  return kProperty;
}

}  // namespace crumbproof::properties
