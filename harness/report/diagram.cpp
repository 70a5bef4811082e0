#include <crumbproof/properties/twin.hpp>
#include <crumbproof/report/delivery_words.hpp>
#include <crumbproof/report/diagram.hpp>
#include <crumbproof/report/excerpt.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/report/lifelines.hpp>
#include <crumbproof/report/moment.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
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
      : deliveries_(picture.trace.deliveries),
        words_(picture.schedule, picture.trace),
        difference_(picture.difference),
        verbose_(style.verbose),
        lines_(style, gutter()) {}

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
    return harmless(
        fmt::format("at {}  {}", told(delivery.arrived), excerpt(words_.title(delivery))),
        Words::app);
  }

  void fault(const std::string& kind, const Delivery& delivery) {
    lines_.text(harmless(fmt::format("✗ {}", words_.fault(kind, delivery)), Words::app),
                Tone::caution);
  }

  void cookies(std::size_t index) {
    const std::string cookies = words_.cookies(index);
    if (cookies.empty()) return;
    lines_.text(harmless(cookies, Words::app),
                cookies.starts_with("✗") ? Tone::caution : Tone::plain);
  }

  void overtaken(std::size_t index) {
    const std::string overtaken = words_.overtaken(index);
    if (!overtaken.empty()) lines_.text(overtaken);
  }

  void reply(std::size_t index) {
    if (differs_at(deliveries_[index])) {
      show_difference();
    } else {
      lines_.text(harmless(excerpt(words_.reply(index)), Words::app));
    }
  }

  void show_difference() {
    const auto [expected, actual] = excerpts(difference_->expected, difference_->actual);
    lines_.beside("expected", harmless(expected, Words::app), "actual",
                  harmless(actual, Words::app));
    shown_ = true;
  }

  const std::vector<Delivery>& deliveries_;
  DeliveryWords words_;
  const properties::Difference* difference_;
  bool verbose_;
  bool shown_ = false;
  Lifelines lines_;
};

}  // namespace

std::string diagram(const Picture& picture, const Style& style) {
  return Drawing(picture, style).draw();
}

}  // namespace crumbproof::report
