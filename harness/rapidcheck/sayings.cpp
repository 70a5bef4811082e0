#include <crumbproof/rapidcheck/sayings.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::rapidcheck {

namespace {

/// Who is to say something takes at least one, and one gap to say it after.
void check(const std::vector<Word>& words, const Options& options) {
  if (options.max_messages == 0 || options.pairs == 0 || options.gaps.empty()) {
    throw BadInput("a conversation needs a message, a pair and a gap between two messages");
  }
  if (std::ranges::any_of(options.gaps, [](Duration gap) { return gap < Duration(0); })) {
    throw BadInput("a gap between two messages cannot be negative");
  }
  if (!words.empty() && std::ranges::all_of(words, [](const Word& w) { return w.weight == 0; })) {
    throw BadInput("one word at least needs a weight");
  }
}

bool begin_alike(const std::vector<Message>& one, const std::vector<Message>& other,
                 std::size_t messages) {
  const auto end = one.begin() + static_cast<std::ptrdiff_t>(messages);
  return other.size() >= messages && std::equal(one.begin(), end, other.begin());
}

}  // namespace

Sayings::Sayings(std::vector<Word> words, std::vector<std::vector<Message>> scripts, Origin origin,
                 const Options& options)
    : scripts_(std::move(scripts)),
      origin_(std::move(origin)),
      pairs_(options.pairs),
      gaps_(options.gaps),
      max_spelled_(words.empty() ? 0 : options.max_messages),
      max_messages_(max_spelled_) {
  check(words, options);
  for (Word& word : words) {
    const auto known = std::ranges::find(words_, word.body, &Word::body);
    if (known == words_.end()) {
      words_.push_back(std::move(word));
    } else {
      known->weight += word.weight;
    }
  }
  std::erase_if(scripts_, [](const auto& script) { return script.empty(); });
  const auto look_at = [&](Duration gap) {
    in_flight_together_ = in_flight_together_ || gap <= 2 * run::kLatency;
  };
  for (const std::vector<Message>& script : scripts_) {
    max_messages_ = std::max(max_messages_, script.size());
    for (std::size_t i = 1; i < script.size(); ++i) look_at(script[i].at - script[i - 1].at);
  }
  for (const Duration gap : gaps_) look_at(gap);
  if (max_messages_ == 0) throw BadInput("there is no word to say");
}

std::vector<Message> Sayings::messages(const Said& said) const {
  if (!said.spelled) {
    const std::vector<Message>& script = scripts_.at(said.script);
    return {script.begin(), script.begin() + static_cast<std::ptrdiff_t>(said.messages)};
  }
  std::vector<Message> messages;
  Instant at;
  for (const std::size_t symbol : said.symbols) {
    if (!messages.empty()) at += gaps_.at(gap_of(symbol));
    Message& message = messages.emplace_back();
    message.pair = PairIndex(static_cast<std::uint32_t>(pair_of(symbol)));
    message.body = words_.at(word_of(symbol)).body;
    message.at = at;
    message.from = origin_;
  }
  return messages;
}

Said Sayings::drawn(Dice& dice) const {
  const bool spells = !words_.empty() && (scripts_.empty() || dice.one_in(2));
  if (!spells) {
    const std::size_t script = dice.below(scripts_.size());
    const std::size_t size = scripts_[script].size();
    const std::size_t messages = 1 + std::max(dice.below(size), dice.below(size));
    return beginning({size, false, script}, messages);
  }
  Said said{1 + std::max(dice.below(max_spelled_), dice.below(max_spelled_)), true};
  std::vector<std::uint32_t> weights;
  for (const Word& word : words_) weights.push_back(word.weight);
  for (std::size_t i = 0; i < said.messages; ++i) {
    const std::size_t word = dice.weighted(weights);
    said.symbols.push_back(symbol(dice.below(gaps_.size()), dice.below(pairs_), word));
  }
  said.symbols = canonical(std::move(said.symbols));
  return said;
}

std::optional<Said> Sayings::first(std::size_t messages) const {
  if (auto script = script_from(0, messages)) return script;
  if (messages > max_spelled_) return std::nullopt;
  return Said{messages, true, 0, std::vector<std::size_t>(messages)};
}

std::optional<Said> Sayings::after(const Said& said) const {
  if (!said.spelled) {
    if (auto script = script_from(said.script + 1, said.messages)) return script;
    if (said.messages > max_spelled_) return std::nullopt;
    return Said{said.messages, true, 0, std::vector<std::size_t>(said.messages)};
  }
  const std::size_t symbols = words_.size() * pairs_ * gaps_.size();
  Said next = said;
  do {
    std::size_t place = next.symbols.size();
    while (place > 0 && next.symbols[place - 1] + 1 == symbols) next.symbols[--place] = 0;
    if (place == 0) return std::nullopt;
    ++next.symbols[place - 1];
  } while (!is_canonical(next.symbols));
  return next;
}

Said Sayings::beginning(const Said& said, std::size_t messages) const {
  Said shorter = said;
  shorter.messages = messages;
  if (said.spelled) {
    shorter.symbols.resize(messages);
    return shorter;
  }
  for (std::size_t script = 0; script < said.script; ++script) {
    if (!begin_alike(scripts_[said.script], scripts_[script], messages)) continue;
    shorter.script = script;
    break;
  }
  return shorter;
}

std::optional<Said> Sayings::without(const Said& said, std::size_t message) const {
  if (!said.spelled || said.messages < 2) return std::nullopt;
  std::vector<std::size_t> symbols = said.symbols;
  symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(message));
  return Said{said.messages - 1, true, 0, canonical(std::move(symbols))};
}

std::optional<Said> Sayings::simplified(const Said& said, std::size_t message) const {
  if (!said.spelled || said.symbols[message] == 0) return std::nullopt;
  Said simpler = said;
  simpler.symbols[message] = 0;
  simpler.symbols = canonical(std::move(simpler.symbols));
  return simpler;
}

/// The first script from that one on that is long enough and does not begin as an earlier one.
std::optional<Said> Sayings::script_from(std::size_t script, std::size_t messages) const {
  for (; script < scripts_.size(); ++script) {
    if (scripts_[script].size() < messages) continue;
    const Said said{messages, false, script};
    if (beginning(said, messages) == said) return said;
  }
  return std::nullopt;
}

bool Sayings::is_canonical(const std::vector<std::size_t>& symbols) const {
  return canonical(symbols) == symbols;
}

/// The same with the pairs in the order in which they speak first, and no gap before all.
std::vector<std::size_t> Sayings::canonical(std::vector<std::size_t> symbols) const {
  std::vector<std::size_t> pairs;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const std::size_t pair = pair_of(symbols[i]);
    auto known = std::ranges::find(pairs, pair);
    if (known == pairs.end()) known = pairs.insert(known, pair);
    const auto number = static_cast<std::size_t>(known - pairs.begin());
    symbols[i] = symbol(i == 0 ? 0 : gap_of(symbols[i]), number, word_of(symbols[i]));
  }
  return symbols;
}

}  // namespace crumbproof::rapidcheck
