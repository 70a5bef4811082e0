#include <crumbproof/properties/twin.hpp>
#include <crumbproof/report/delivery_words.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/report/moment.hpp>

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::report {

namespace {

bool has_fault(const Delivery& delivery, std::string_view kind) {
  return std::ranges::find(delivery.faults, kind) != delivery.faults.end();
}

}  // namespace

DeliveryWords::DeliveryWords(const Schedule& schedule, const Trace& trace)
    : schedule_(schedule), trace_(trace) {
  for (const Message& message : schedule.messages) {
    several_pairs_ = several_pairs_ || message.pair != schedule.messages.front().pair;
  }
}

std::string DeliveryWords::title(const Delivery& delivery) const {
  std::string what;
  if (delivery.message.index() < schedule_.messages.size()) {
    what = fmt::format("\"{}\"", schedule_.messages[delivery.message.index()].body);
  }
  if (delivery.kind == DeliveryKind::callback) {
    what = fmt::format("status callback: the message in answer to {} is {}", what, delivery.news);
  } else if (delivery.kind == DeliveryKind::redirect || delivery.kind == DeliveryKind::fallback) {
    what = fmt::format("{} for {}: {} {}", to_string(delivery.kind), what, delivery.method.str(),
                       place(delivery.url.str()));
  } else if (delivery.kind != DeliveryKind::first) {
    what = fmt::format("{} of {}", to_string(delivery.kind), what);
  }
  if (several_pairs_) what += fmt::format("  (pair {})", delivery.pair.value());
  return what;
}

std::string DeliveryWords::place(const std::string& url) const {
  const std::string& first = trace_.deliveries.front().url.str();
  const auto authority = first.find("://");
  if (authority == std::string::npos) return url;
  const auto path = first.find('/', authority + 3);
  if (path == std::string::npos || !url.starts_with(first.substr(0, path + 1))) return url;
  return url.substr(path);
}

std::string DeliveryWords::fault(const std::string& kind, const Delivery& delivery) const {
  const auto exact = std::ranges::find_if(schedule_.faults, [&](const Fault& fault) {
    return fault.kind == kind && fault.delivery == delivery.number;
  });
  const auto any = std::ranges::find(schedule_.faults, kind, &Fault::kind);
  const auto found = exact != schedule_.faults.end() ? exact : any;
  const Fault* known = found == schedule_.faults.end() ? nullptr : &*found;
  return fmt::format("{}: {}", kind, what_happened(kind, known));
}

std::string DeliveryWords::cookies(std::size_t index) const {
  const Delivery& delivery = trace_.deliveries[index];
  if (!delivery.cookies.empty()) {
    std::vector<std::string> sent;
    for (const CookieSent& cookie : delivery.cookies) {
      sent.push_back(cookie.set_by == DeliveryNumber()
                         ? cookie.name
                         : fmt::format("{} from delivery {}", cookie.name, cookie.set_by.value()));
    }
    return fmt::format("Cookie: {}", fmt::join(sent, ", "));
  }
  if (has_fault(delivery, "missing") || has_fault(delivery, "outage")) return "";
  const auto before = std::span(trace_.deliveries).first(index);
  if (std::ranges::any_of(before, [](const Delivery& d) { return has_fault(d, "outage"); })) {
    return "✗ outage: no cookie is sent here either";
  }
  const bool any_set = std::ranges::any_of(before, [&](const Delivery& earlier) {
    return earlier.pair == delivery.pair && !earlier.answer->set_cookies.empty();
  });
  return any_set ? "no cookie" : "no cookie yet";
}

std::string DeliveryWords::overtaken(std::size_t index) const {
  const Delivery& delivery = trace_.deliveries[index];
  for (std::size_t i = 0; i < index; ++i) {
    const Delivery& earlier = trace_.deliveries[i];
    if (earlier.pair != delivery.pair || !earlier.received) continue;
    if (*earlier.received <= delivery.triggered) continue;
    return fmt::format("(triggered at {}, before the answer to {} was received)",
                       told(delivery.triggered), earlier.number.value());
  }
  return "";
}

std::string DeliveryWords::reply(std::size_t index) const {
  const Delivery& delivery = trace_.deliveries[index];
  const auto decided = std::ranges::find(trace_.outcomes, delivery.number, &Outcome::last);
  if (decided != trace_.outcomes.end()) return properties::describe(*decided);
  if (!delivery.answer->problem.empty()) return delivery.answer->problem;
  if (!delivery.received) return "no answer was received";
  std::string status = fmt::format("status {}", delivery.answer->status);
  if (delivery.answer->next.empty()) return status;
  return fmt::format("{}, redirects to {}", status, place(delivery.answer->next));
}

}  // namespace crumbproof::report
