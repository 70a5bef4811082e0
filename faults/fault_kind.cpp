#include <crumbproof/faults/fault_kind.hpp>

namespace crumbproof::faults {

std::vector<Offer<SendEffect>> FaultKind::at_send(const SendSeam& /*seam*/) const { return {}; }

std::vector<Offer<ReadEffect>> FaultKind::at_read(const ReadSeam& /*seam*/) const { return {}; }

std::vector<Offer<DeliverEffect>> FaultKind::at_deliver(const DeliverSeam& /*seam*/) const {
  return {};
}

std::vector<Offer<WriteEffect>> FaultKind::at_write(const WriteSeam& /*seam*/) const { return {}; }

}  // namespace crumbproof::faults
