#include <crumbproof/properties/twin.hpp>
#include <crumbproof/report/diagram.hpp>
#include <crumbproof/report/excerpt.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/report/lifelines.hpp>
#include <crumbproof/report/moment.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::report {

namespace {

using properties::DifferenceKind;

/// Of a longer chain of redirects, the first ones and the last one are shown.
constexpr std::size_t kLongestChain = 4;
constexpr std::size_t kChainBegin = 2;

class Drawing {
 public:
  Drawing(const Picture& picture, const Style& style)
      : schedule_(picture.schedule),
        deliveries_(picture.trace.deliveries),
        outcomes_(picture.trace.outcomes),
        difference_(picture.difference),
        verbose_(style.verbose),
        lines_(style, gutter()) {
    for (const Message& message : schedule_.messages) {
      several_pairs_ = several_pairs_ || message.pair != schedule_.messages.front().pair;
    }
  }

  std::string draw() {
    for (std::size_t i = 0; i < deliveries_.size(); ++i) {
      lines_.gap();
      const std::size_t chain = verbose_ ? 0 : chain_from(i);
      if (chain > kLongestChain) {
        for (std::size_t j = i; j < i + kChainBegin; ++j) {
          block(j);
          lines_.gap();
        }
        lines_.text(fmt::format("... {} more redirects ...", chain - kChainBegin - 1));
        lines_.gap();
        i += chain - 1;
      }
      block(i);
    }
    if (difference_ != nullptr && !shown_) {
      lines_.gap();
      show_difference();
    }
    lines_.gap();
    return lines_.drawing();
  }

 private:
  [[nodiscard]] std::size_t gutter() const {
    return std::max<std::size_t>(3, fmt::format("{}", deliveries_.size()).size() + 1);
  }

  /// How many deliveries from `first` on are redirects with nothing else to see.
  [[nodiscard]] std::size_t chain_from(std::size_t first) const {
    std::size_t end = first;
    while (end < deliveries_.size() && deliveries_[end].kind == DeliveryKind::redirect &&
           deliveries_[end].faults.empty() && !differs_at(deliveries_[end]) &&
           deliveries_[end].message == deliveries_[first].message) {
      ++end;
    }
    return end - first;
  }

  [[nodiscard]] bool differs_at(const Delivery& delivery) const {
    return difference_ != nullptr && difference_->kind != DifferenceKind::probe &&
           difference_->delivery == delivery.number;
  }

  void block(std::size_t index) {
    const Delivery& delivery = deliveries_[index];
    lines_.text(title(delivery), Tone::plain, fmt::format("{}", delivery.number.value()));
    for (const std::string& kind : delivery.faults) {
      if (way_of(kind) == Way::there) fault(kind, delivery);
    }
    if (!delivery.answered) {
      lines_.request(Arrow::lost);
      reply(index);
      return;
    }
    if (delivery.kind != DeliveryKind::callback) {
      cookies(index);
      overtaken(index);
    }
    lines_.request(Arrow::whole);
    if (delivery.received) {
      lines_.answer(Arrow::whole);
    } else if (delivery.answer->status != 0) {
      lines_.answer(Arrow::lost);
    }
    if (!delivery.answer->set_cookies.empty()) {
      lines_.text(
          harmless(fmt::format("Set-Cookie: {}", fmt::join(delivery.answer->set_cookies, ", ")),
                   Words::app));
    }
    for (const std::string& kind : delivery.faults) {
      if (way_of(kind) == Way::back) fault(kind, delivery);
    }
    reply(index);
    for (const ReplyMessage& message : delivery.sent) {
      lines_.text(harmless(excerpt(properties::describe_sent(message)), Words::app));
    }
  }

  [[nodiscard]] std::string title(const Delivery& delivery) const {
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
    return harmless(fmt::format("at {}  {}", told(delivery.arrived), excerpt(what)), Words::app);
  }

  /// The URL; only its path where the rest is as at the start.
  [[nodiscard]] std::string place(const std::string& url) const {
    const std::string& first = deliveries_.front().url.str();
    const auto authority = first.find("://");
    if (authority == std::string::npos) return url;
    const auto path = first.find('/', authority + 3);
    if (path == std::string::npos || !url.starts_with(first.substr(0, path + 1))) return url;
    return url.substr(path);
  }

  void fault(const std::string& kind, const Delivery& delivery) {
    const auto exact = std::ranges::find_if(schedule_.faults, [&](const Fault& fault) {
      return fault.kind == kind && fault.delivery == delivery.number;
    });
    const auto any = std::ranges::find(schedule_.faults, kind, &Fault::kind);
    const auto found = exact != schedule_.faults.end() ? exact : any;
    const Fault* known = found == schedule_.faults.end() ? nullptr : &*found;
    lines_.text(harmless(fmt::format("✗ {}: {}", kind, what_happened(kind, known)), Words::app),
                Tone::caution);
  }

  [[nodiscard]] static bool has_fault(const Delivery& delivery, std::string_view kind) {
    return std::ranges::find(delivery.faults, kind) != delivery.faults.end();
  }

  void cookies(std::size_t index) {
    const Delivery& delivery = deliveries_[index];
    if (!delivery.cookies.empty()) {
      std::vector<std::string> sent;
      for (const CookieSent& cookie : delivery.cookies) {
        sent.push_back(
            cookie.set_by == DeliveryNumber()
                ? cookie.name
                : fmt::format("{} from delivery {}", cookie.name, cookie.set_by.value()));
      }
      lines_.text(harmless(fmt::format("Cookie: {}", fmt::join(sent, ", ")), Words::app));
      return;
    }
    if (has_fault(delivery, "missing") || has_fault(delivery, "outage")) return;
    const auto before = std::span(deliveries_).first(index);
    if (std::ranges::any_of(before, [](const Delivery& d) { return has_fault(d, "outage"); })) {
      lines_.text("✗ outage: no cookie is sent here either", Tone::caution);
      return;
    }
    const bool any_set = std::ranges::any_of(before, [&](const Delivery& earlier) {
      return earlier.pair == delivery.pair && !earlier.answer->set_cookies.empty();
    });
    lines_.text(any_set ? "no cookie" : "no cookie yet");
  }

  /// Cookies are read when a delivery is triggered, so what an answer brings later is not in them.
  void overtaken(std::size_t index) {
    const Delivery& delivery = deliveries_[index];
    for (std::size_t i = 0; i < index; ++i) {
      const Delivery& earlier = deliveries_[i];
      if (earlier.pair != delivery.pair || !earlier.received) continue;
      if (*earlier.received <= delivery.triggered) continue;
      lines_.text(fmt::format("(triggered at {}, before the answer to {} was received)",
                              told(delivery.triggered), earlier.number.value()));
      return;
    }
  }

  void reply(std::size_t index) {
    if (differs_at(deliveries_[index])) {
      show_difference();
    } else {
      lines_.text(harmless(excerpt(reply_to(index)), Words::app));
    }
  }

  [[nodiscard]] std::string reply_to(std::size_t index) const {
    const Delivery& delivery = deliveries_[index];
    const auto decided = std::ranges::find(outcomes_, delivery.number, &Outcome::last);
    if (decided != outcomes_.end()) return properties::describe(*decided);
    if (!delivery.answer->problem.empty()) return delivery.answer->problem;
    if (delivery.answered && !delivery.received) return "no answer was received";
    std::string status = fmt::format("status {}", delivery.answer->status);
    if (delivery.answer->next.empty()) return status;
    return fmt::format("{}, redirects to {}", status, place(delivery.answer->next));
  }

  void show_difference() {
    const auto [expected, actual] = excerpts(difference_->expected, difference_->actual);
    lines_.beside("expected", harmless(expected, Words::app), "actual",
                  harmless(actual, Words::app));
    shown_ = true;
  }

  const Schedule& schedule_;
  const std::vector<Delivery>& deliveries_;
  const std::vector<Outcome>& outcomes_;
  const properties::Difference* difference_;
  bool verbose_;
  bool several_pairs_ = false;
  bool shown_ = false;
  Lifelines lines_;
};

}  // namespace

std::string diagram(const Picture& picture, const Style& style) {
  return Drawing(picture, style).draw();
}

}  // namespace crumbproof::report
