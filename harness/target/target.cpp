#include <crumbproof/target/target.hpp>

namespace crumbproof::target {

std::vector<Exchange> Target::send_together(std::span<const Outgoing> requests) {
  std::vector<Exchange> exchanges;
  for (const Outgoing& outgoing : requests) {
    exchanges.push_back(send_outgoing(outgoing));
  }
  return exchanges;
}

}  // namespace crumbproof::target
