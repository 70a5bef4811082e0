#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/phone/session.hpp>
#include <crumbproof/search/check.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::phone {

namespace {

using run::PlacedFault;

constexpr Duration kBetweenTexts{1'000};

MessageIndex message_index(std::size_t n) { return MessageIndex(static_cast<std::uint32_t>(n)); }

/// At the first delivery of that message.
std::vector<PlacedFault> placed(std::span<const Wish> wishes, MessageIndex message) {
  std::vector<PlacedFault> placed;
  for (const Wish& wish : wishes) {
    placed.push_back({wish.seam, {message}, {wish.kind, {}, wish.parameter}});
  }
  return placed;
}

/// Takes the faults of an earlier run at their places again, and collects what is on offer at the
/// first delivery of a message.
class Collecting final : public run::ChoiceSource {
 public:
  /// The faults must outlive this object.
  Collecting(std::span<const PlacedFault> before, MessageIndex message)
      : before_(before), message_(message) {}

  void restart() override { offers_.clear(); }
  std::size_t choose(const run::ChoicePoint& point) override {
    if (point.place != run::Place{message_}) return before_.choose(point);
    for (const Fault& fault : point.alternatives) {
      offers_.push_back({point.seam, fault.kind, fault.parameter});
    }
    return 0;
  }
  [[nodiscard]] bool may_grow() const override { return false; }
  [[nodiscard]] std::uint64_t identity() const override { return before_.identity(); }
  [[nodiscard]] std::vector<Wish> take() { return std::move(offers_); }

 private:
  run::SameDeliveries before_;
  MessageIndex message_;
  std::vector<Wish> offers_;
};

/// All that happened before has to have happened in the same way.
void must_begin_with(const Trace& trace, const Trace& before) {
  const auto& now = trace.deliveries;
  const auto& then = before.deliveries;
  if (now.size() < then.size() || !std::equal(then.begin(), then.end(), now.begin())) {
    throw NotRepeated();
  }
}

}  // namespace

Session::Session(App app, const std::vector<std::string>& ignore, Origin origin)
    : app_(std::move(app)), ignore_(ignore), masks_(ignore), origin_(std::move(origin)) {
  start_anew();
}

void Session::take(const Step& step) {
  notices_.clear();
  if (!step.said.empty()) say(step);
  waiting_ += step.wait;
  steps_.push_back(step);
}

void Session::undo() {
  if (steps_.empty()) return;
  std::vector<Step> steps = std::move(steps_);
  const Step last = std::move(steps.back());
  steps.pop_back();
  if (last.said.empty()) {
    steps_ = std::move(steps);
    waiting_ -= last.wait;
    return;
  }
  start_anew();
  for (const Step& step : steps) take(step);
}

void Session::start_anew() {
  const bool with_twin = twin_is_shown();
  side_.reset();
  twin_side_.reset();
  side_ = std::make_unique<Side>(shared(), app_.own);
  if (with_twin) twin_side_ = std::make_unique<Side>(shared(), app_.twins);
  steps_.clear();
  messages_.clear();
  executed_ = {};
  twin_ = {};
  waiting_ = Duration{0};
  notices_.clear();
  ++conversation_;
}

void Session::show_twin(bool on) {
  if (on == twin_is_shown()) return;
  twin_side_.reset();
  twin_ = {};
  if (!on) return;
  twin_side_ = std::make_unique<Side>(shared(), app_.twins);
  if (!messages_.empty()) run_twin();
}

properties::Comparison Session::comparison() const {
  return properties::compare(executed_, twin_, masks_);
}

std::vector<Wish> Session::offers(PairIndex pair) const {
  const std::vector<Said> said{{pair, "?"}};
  const std::vector<Message> messages = with(said);
  Collecting choices(executed_.faults, message_index(messages_.size()));
  side_->look_ahead(plan_of(messages, run::Cookies::degradable), choices);
  return choices.take();
}

std::vector<Message> Session::with(std::span<const Said> said) const {
  std::vector<Message> messages = messages_;
  Instant at = Instant{} + waiting_;
  if (!messages.empty()) {
    const Instant after_all =
        std::chrono::floor<std::chrono::seconds>(quiet()) + std::chrono::seconds(1);
    at = std::max(messages.back().at + search::kDefaultGap, after_all) + waiting_;
  }
  for (const Said& text : said) {
    messages.push_back({text.pair, text.body, at, {}, origin_});
    at += kBetweenTexts;
  }
  return messages;
}

run::Plan Session::plan_of(std::span<const Message> messages, run::Cookies cookies) {
  run::Plan plan{messages, {}, cookies};
  std::ranges::copy_if(
      faults::catalogue(), std::back_inserter(plan.kinds), [&](const faults::FaultKind* kind) {
        // What touches cookies or has several in flight, the twin does not have.
        return cookies == run::Cookies::degradable || kind->family() == faults::Family::delivery;
      });
  plan.keep_stores = true;
  return plan;
}

Side::Shared Session::shared() const {
  return {app_.settings, app_.identities, unused_, app_.outbox, app_.stop};
}

Instant Session::quiet() const {
  Duration passed{0};
  for (const auto& [message, pause] : executed_.pauses) passed += pause;
  return std::max(executed_.ended - passed, twin_.ended);
}

void Session::say(const Step& step) {
  if (messages_.empty() && app_.before_conversation) app_.before_conversation();
  const MessageIndex first = message_index(messages_.size());
  std::vector<Message> messages = with(step.said);
  std::vector<PlacedFault> faults = executed_.faults;
  std::ranges::move(placed(step.wishes, first), std::back_inserter(faults));
  run::SameDeliveries choices(faults);
  run::Executed executed = side_->run(plan_of(messages, run::Cookies::degradable), choices);
  must_begin_with(executed.trace, executed_.trace);
  messages_ = std::move(messages);
  executed_ = std::move(executed);
  waiting_ = Duration{0};
  tell_of_missed(step.wishes, first);
  if (twin_is_shown()) run_twin();
}

void Session::run_twin() {
  const run::Plan plan = plan_of(messages_, run::Cookies::perfect);
  run::SameDeliveries choices(executed_.faults);
  try {
    twin_ = twin_side_->run(plan, choices);
  } catch (const NotRepeated&) {
    // What was added came while the twin was still busy: it has the whole conversation once more.
    twin_side_ = std::make_unique<Side>(shared(), app_.twins);
    twin_ = twin_side_->run(plan, choices);
  }
}

void Session::tell_of_missed(std::span<const Wish> wishes, MessageIndex message) {
  for (const PlacedFault& wish : placed(wishes, message)) {
    const bool struck = std::ranges::any_of(executed_.faults, [&](const PlacedFault& fault) {
      return fault.seam == wish.seam && fault.place == wish.place &&
             fault.fault.kind == wish.fault.kind;
    });
    if (struck) continue;
    notices_.push_back(
        wish.seam == run::Seam::write
            ? fmt::format("{} did not strike: the app's answer set no cookie", wish.fault.kind)
            : fmt::format("{} did not strike: it would have made no difference here",
                          wish.fault.kind));
  }
}

}  // namespace crumbproof::phone
