#include <crumbproof/search/confirm.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace crumbproof::search {

Confirmation confirm(Judge& judge, std::span<const Message> messages, std::span<const Fault> faults,
                     const properties::Property& property) {
  Confirmation confirmation;
  std::vector<Judged> repetitions;
  bool all_fit = true;
  for (int i = 0; i < kRepetitions; ++i) {
    run::PlannedChoices choices(faults);
    repetitions.push_back(judge.judge_again(messages, choices));
    all_fit = all_fit && choices.fits();
  }
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
