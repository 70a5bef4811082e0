#include <crumbproof/properties/catalogue.hpp>

namespace crumbproof::properties {

namespace {

class Race final : public Property {
 public:
  [[nodiscard]] std::string_view name() const override { return "race"; }
  [[nodiscard]] std::string_view summary() const override {
    return "with set/trigger races, every reply equals the serial twin's in order of arrival; with "
           "requests in flight together, that of some order";
  }
  [[nodiscard]] std::string_view accusation() const override {
    return "an answer depends on cookies that were still on their way, or on requests that were in "
           "flight together";
  }
  [[nodiscard]] std::string_view remedy() const override {
    return "Ask the database, not the cookie, which state is the latest, and read, change and "
           "write "
           "it in one transaction, or under a lock by (From, To).";
  }
  [[nodiscard]] bool concerns(const faults::FaultKind& kind) const override {
    return kind.family() == faults::Family::delivery ||
           kind.family() == faults::Family::concurrency || &kind == &faults::late_write();
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
