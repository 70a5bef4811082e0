#include <crumbproof/search/confirm.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace crumbproof::search {

namespace {

/// Whether masks touch anything that is compared.
bool is_masked(const Judged& judged, const properties::Masks& masks) {
  const auto touches = [&](const Outcome& outcome) {
    return std::ranges::any_of(outcome.messages, [&](const ReplyMessage& message) {
      return masks.apply(message.body) != message.body;
    });
  };
  return std::ranges::any_of(judged.faulted.trace.outcomes, touches) ||
         std::ranges::any_of(judged.twin.trace.outcomes, touches);
}

}  // namespace

Confirmation confirm(Judge& judge, std::span<const Message> messages, std::span<const Fault> faults,
                     const properties::Property& property) {
  Confirmation confirmation;
  std::vector<Judged> repetitions;
  bool all_fit = true;
  const auto repeat = [&](int times) {
    for (int i = 0; i < times; ++i) {
      run::PlannedChoices choices(faults);
      // Faulted, twin, twin, faulted, and so on: an app that does something each second time does
      // it to both.
      const bool twin_first = repetitions.size() % 2 == 1;
      const run::Executed* known = twin_first ? &repetitions.front().faulted : nullptr;
      repetitions.push_back(judge.judge_again(messages, choices, known));
      all_fit = all_fit && choices.fits();
    }
  };
  repeat(kRepetitions);
  // A mask makes what is left to tell the two apart worth less.
  if (is_masked(repetitions.front(), judge.masks())) repeat(kRepetitions);
  // Compared again, since the later repetitions may have shown what varies.
  const properties::Masks& masks = judge.masks();
  const Judged& first = repetitions.front();
  bool alike = true;
  for (Judged& repetition : repetitions) {
    repetition.compare(masks);
    ++confirmation.tries;
    if (property.broken(repetition.evidence()) != nullptr) ++confirmation.failed;
    alike = alike &&
            properties::look_alike(first.actual(property), repetition.actual(property), masks) &&
            properties::look_alike(first.expected(property), repetition.expected(property), masks);
  }
  confirmation.separates = all_fit && alike && confirmation.failed == confirmation.tries;
  const auto failed = std::ranges::find_if(repetitions, [&](const Judged& repetition) {
    return property.broken(repetition.evidence()) != nullptr;
  });
  confirmation.last = std::move(failed != repetitions.end() ? *failed : repetitions.back());
  return confirmation;
}

}  // namespace crumbproof::search
