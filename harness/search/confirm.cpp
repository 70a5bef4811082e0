#include <crumbproof/search/confirm.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

/// As likely as that by chance, and nothing is said.
constexpr double kSignificant = 0.05;

/// Whether masks touch anything that is compared.
bool is_masked(const Judged& judged, const properties::Masks& masks) {
  const auto touches = [&](const Outcome& outcome) {
    return std::ranges::any_of(outcome.messages, [&](const ReplyMessage& message) {
      return masks.apply(message.body) != message.body;
    });
  };
  return std::ranges::any_of(judged.faulted.trace.outcomes, touches) ||
         std::ranges::any_of(judged.twin->trace.outcomes, touches);
}

/// The trace that most of the others look like.
const Trace& commonest(const std::vector<const Trace*>& traces, const properties::Masks& masks) {
  return **std::ranges::max_element(traces, {}, [&](const Trace* one) {
    return std::ranges::count_if(
        traces, [&](const Trace* other) { return properties::look_alike(*one, *other, masks); });
  });
}

Rate unlike(const Trace& usual, const std::vector<const Trace*>& traces,
            const properties::Masks& masks) {
  Rate rate;
  for (const Trace* trace : traces) {
    ++rate.tries;
    if (!properties::look_alike(usual, *trace, masks)) ++rate.seen;
  }
  return rate;
}

/// One schedule, run again and again.
class Repetitions {
 public:
  Repetitions(Judge& judge, std::span<const Message> messages, std::span<const Fault> faults,
              const properties::Property& property)
      : judge_(judge), messages_(messages), faults_(faults), property_(property) {}

  Confirmation confirm() {
    repeat(kRepetitions);
    if (repetitions_.front().depends_on_timing()) return confirm_timing();
    // A mask makes what is left to tell the two apart worth less.
    const bool settled = !is_masked(repetitions_.front(), judge_.masks()) || masks_settle();
    Confirmation confirmation = weigh();
    if (confirmation.failed > 0 && !(all_alike() && confirmation.failed == confirmation.tries)) {
      // Its rates are told, and are worth more.
      repeat(kRepetitions);
      confirmation = weigh();
    }
    confirmation.separates =
        all_fit_ && settled && confirmation.failed == confirmation.tries && all_alike();
    return confirmation;
  }

  Confirmation until_failure() {
    do {
      repeat(1);
    } while (!fails(repetitions_.back()) &&
             repetitions_.size() < static_cast<std::size_t>(kMostOverlapTries));
    return weigh();
  }

 private:
  void repeat(int times) {
    for (int i = 0; i < times; ++i) {
      run::PlannedChoices choices(faults_);
      // Faulted, twin, twin, faulted, and so on: an app that does something each second time does
      // it to both.
      const bool twin_first = repetitions_.size() % 2 == 1;
      const run::Executed* known = twin_first ? &repetitions_.front().faulted : nullptr;
      repetitions_.push_back(judge_.judge_again(messages_, choices, known));
      all_fit_ = all_fit_ && choices.fits();
    }
  }

  /// Whether masks that were learned before do for the repetitions that follow. If not, the app
  /// varies more than was seen.
  bool masks_settle() {
    constexpr int kMostLots = 3;
    for (int lot = 0; lot < kMostLots; ++lot) {
      const std::size_t known = judge_.masks().describe().size();
      repeat(kRepetitions);
      if (judge_.masks().describe().size() == known) return true;
    }
    return false;
  }

  /// As often as it takes to tell that it fails by no chance: serial runs never do.
  Confirmation confirm_timing() {
    repeat(kOverlapRepetitions - kRepetitions);
    Confirmation confirmation = weigh();
    const auto is_clear = [&] {
      return confirmation.failed > 1 && fisher_exact({confirmation.failed, confirmation.tries},
                                                     confirmation.twins) <= kSignificant;
    };
    while (!is_clear() && confirmation.tries < kMostOverlapTries) {
      repeat(kOverlapRepetitions);
      confirmation = weigh();
    }
    confirmation.separates = is_clear() && confirmation.twins.seen == 0;
    return confirmation;
  }

  /// Compares again, since the later repetitions may have shown what varies.
  Confirmation weigh() {
    Confirmation confirmation;
    for (Judged& repetition : repetitions_) {
      repetition.compare(judge_.masks());
      ++confirmation.tries;
      if (fails(repetition)) ++confirmation.failed;
    }
    count_variation(confirmation);
    const auto failed = std::ranges::find_if(
        repetitions_, [this](const Judged& repetition) { return fails(repetition); });
    confirmation.last = failed != repetitions_.end() ? *failed : repetitions_.back();
    return confirmation;
  }

  [[nodiscard]] bool fails(const Judged& repetition) const {
    return property_.broken(repetition.evidence()) != nullptr;
  }

  void count_variation(Confirmation& confirmation) const {
    const properties::Masks& masks = judge_.masks();
    const Judged& first = repetitions_.front();
    if (!first.depends_on_timing()) {
      std::vector<const Trace*> twins;
      std::vector<const Trace*> faulted;
      for (const Judged& repetition : repetitions_) {
        twins.push_back(&repetition.expected(property_));
        faulted.push_back(&repetition.actual(property_));
      }
      const Trace& usual = commonest(twins, masks);
      confirmation.faulted = unlike(usual, faulted, masks);
      confirmation.twins = unlike(usual, twins, masks);
      return;
    }
    confirmation.faulted = {confirmation.failed, confirmation.tries};
    for (std::size_t order = 0; order < first.serial_twins.size(); ++order) {
      std::vector<const Trace*> twins;
      for (const Judged& repetition : repetitions_) {
        if (order < repetition.serial_twins.size()) {
          twins.push_back(&repetition.serial_twins[order]->trace);
        }
      }
      const Rate rate = unlike(commonest(twins, masks), twins, masks);
      confirmation.twins.seen += rate.seen;
      confirmation.twins.tries += rate.tries;
    }
  }

  [[nodiscard]] bool all_alike() const {
    const properties::Masks& masks = judge_.masks();
    const Judged& first = repetitions_.front();
    return std::ranges::all_of(repetitions_, [&](const Judged& repetition) {
      return properties::look_alike(first.actual(property_), repetition.actual(property_), masks) &&
             properties::look_alike(first.expected(property_), repetition.expected(property_),
                                    masks);
    });
  }

  Judge& judge_;
  std::span<const Message> messages_;
  std::span<const Fault> faults_;
  const properties::Property& property_;
  std::vector<Judged> repetitions_;
  bool all_fit_ = true;
};

}  // namespace

std::string Confirmation::rates() const {
  return fmt::format(
      "faulted runs differed from the usual answers in {} of {}, runs without a fault in {} of {} "
      "(Fisher's exact test: p = {:.2f})",
      faulted.seen, faulted.tries, twins.seen, twins.tries, fisher_exact(faulted, twins));
}

Confirmation confirm(Judge& judge, std::span<const Message> messages, std::span<const Fault> faults,
                     const properties::Property& property) {
  return Repetitions(judge, messages, faults, property).confirm();
}

Confirmation repeat_until_failure(Judge& judge, std::span<const Message> messages,
                                  std::span<const Fault> faults,
                                  const properties::Property& property) {
  return Repetitions(judge, messages, faults, property).until_failure();
}

}  // namespace crumbproof::search
