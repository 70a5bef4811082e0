#include <crumbproof/rapidcheck/space.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/size.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <utility>

#include <fmt/format.h>

namespace crumbproof::rapidcheck {

namespace {

/// What the scenario says counts, and beside it what only the options say.
Options options_of(const Scenario& scenario, Options beside) {
  const search::CheckSettings& search = scenario.search();
  beside.max_messages = search.max_messages.value_or(Options().max_messages);
  beside.max_faults = search.max_faults;
  beside.kinds = search::striking_kinds(search);
  beside.pairs = 1;
  beside.gaps = Options().gaps;
  return beside;
}

std::vector<Word> words_of(const Scenario& scenario) {
  std::vector<Word> words;
  for (const std::string& body : scenario.search().alphabet) words.push_back({body});
  return words;
}

/// With those of strangers where another pair's cookies may come.
std::vector<std::vector<Message>> scripts_of(const Scenario& scenario) {
  auto scripts = search::Conversations(scenario.search()).controls();
  scripts.resize(scripts.size() - scenario.search().alphabet.size());
  return scripts;
}

Options with_known_weights(Options options) {
  for (const auto& [kind, weight] : options.weights) {
    if (faults::find(kind) == nullptr)
      throw BadInput(fmt::format("there is no fault \"{}\"", kind));
  }
  return options;
}

}  // namespace

Space::Space(const Alphabet& alphabet, Options options)
    : options_(with_known_weights(std::move(options))),
      sayings_(alphabet.words, {}, Origin(), options_) {}

Space::Space(const Scenario& scenario, const Options& beside)
    : options_(with_known_weights(options_of(scenario, beside))),
      sayings_(words_of(scenario), scripts_of(scenario), scenario.search().origin, options_) {}

std::uint32_t Space::weight_of(const std::string& kind) const {
  const auto known = options_.weights.find(kind);
  return known == options_.weights.end() ? 1 : known->second;
}

std::strong_ordering by_size(const Draft& one, const Draft& other) {
  const std::strong_ordering said = one.said <=> other.said;
  const auto size = [](const Draft& draft, bool larger) {
    return search::size_of(larger ? 1 : 0, draft.said.messages, draft.faults);
  };
  return size(one, said > 0) <=> size(other, said < 0);
}

}  // namespace crumbproof::rapidcheck
