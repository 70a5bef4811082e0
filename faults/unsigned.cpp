#include <crumbproof/faults/catalogue.hpp>

#include <string>
#include <vector>

namespace crumbproof::faults {

namespace {

class Unsigned final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "unsigned"; }
  [[nodiscard]] std::string_view summary() const override {
    return "a stranger says the same once more, as a message of its own with a wrong "
           "X-Twilio-Signature or without one";
  }
  [[nodiscard]] Family family() const override { return Family::intrusion; }
  [[nodiscard]] bool is_default() const override { return false; }

  [[nodiscard]] std::vector<Offer<DeliverEffect>> at_deliver(
      const DeliverSeam& seam) const override {
    if (!seam.first_attempt || !seam.requests_signed) return {};
    // Some check the signature only if there is one.
    return {{DeliverEffect::intrude_missigned, Parameter{"signature", Names{"wrong"}}},
            {DeliverEffect::intrude_unsigned, Parameter{"signature", Names{"none"}}}};
  }

 private:
  using Names = std::vector<std::string>;
};

}  // namespace

const FaultKind& unsigned_request() {
  static const Unsigned kKind;
  return kKind;
}

}  // namespace crumbproof::faults
