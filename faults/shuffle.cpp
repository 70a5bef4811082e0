#include <crumbproof/faults/catalogue.hpp>

namespace crumbproof::faults {

namespace {

class Shuffle final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "shuffle"; }
  [[nodiscard]] std::string_view summary() const override {
    return "handlers of the app that are ready at once run in another order (apps in simulated "
           "time only)";
  }
  [[nodiscard]] Family family() const override { return Family::concurrency; }

  [[nodiscard]] std::vector<Offer<SendEffect>> at_send(const SendSeam& seam) const override {
    if (seam.order == HandlerOrder()) return {};
    return {{SendEffect{.order = seam.order},
             Parameter{"order", static_cast<std::int64_t>(seam.order.value())}}};
  }
};

}  // namespace

const FaultKind& shuffle() {
  static const Shuffle kKind;
  return kKind;
}

}  // namespace crumbproof::faults
