#include <crumbproof/phone/wiretap.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <utility>

namespace crumbproof::phone {

Wiretap::Wiretap(target::Target& app, std::function<bool()> stop)
    : app_(app), stop_(std::move(stop)) {}

void Wiretap::begin_execution() {
  wired_.clear();
  app_.begin_execution();
}

target::Exchange Wiretap::send(const twilio::Request& request) {
  return send_outgoing({request, {}});
}

target::Exchange Wiretap::send_outgoing(const target::Outgoing& outgoing) {
  go_on_unless_stopped();
  target::Exchange exchange = app_.send_outgoing(outgoing);
  wired_.push_back({outgoing.number, outgoing.request, exchange});
  return exchange;
}

std::vector<target::Exchange> Wiretap::send_together(std::span<const target::Outgoing> requests) {
  go_on_unless_stopped();
  std::vector<target::Exchange> exchanges = app_.send_together(requests);
  for (std::size_t n = 0; n < requests.size(); ++n) {
    wired_.push_back({requests[n].number, requests[n].request, exchanges[n]});
  }
  return exchanges;
}

void Wiretap::go_on_unless_stopped() const {
  if (stop_ && stop_()) throw target::AppFailed("stopped before it was done");
}

}  // namespace crumbproof::phone
