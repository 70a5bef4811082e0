#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace crumbproof::search {

namespace {

constexpr std::size_t kAlphabetMessages = 4;
/// More conversations than any budget has deliveries for; numbers stay below it.
constexpr std::size_t kMost = std::size_t{1} << 40U;

std::size_t power(std::size_t base, std::size_t exponent) {
  std::size_t result = 1;
  for (; exponent > 0 && result < kMost; --exponent) result *= base;
  return std::min(result, kMost);
}

/// Whether the two are the same but for the pairs, whose numbers no app has a meaning for: the same
/// messages between as many pairs in the same turns.
bool are_symmetric(std::span<const Message> one, std::span<const Message> other) {
  std::map<PairIndex, PairIndex> renamed;
  std::set<PairIndex> taken;
  return std::ranges::equal(one, other, [&](Message a, const Message& b) {
    const auto [name, is_new] = renamed.try_emplace(a.pair, b.pair);
    if (is_new && !taken.insert(b.pair).second) return false;
    a.pair = name->second;
    return a == b;
  });
}

std::span<const Message> beginning(const std::vector<Message>& messages, std::size_t length) {
  return std::span(messages).first(length);
}

}  // namespace

Conversations::Conversations(const CheckSettings& settings)
    : alphabet_(settings.alphabet), origin_(settings.origin) {
  const std::size_t limit = settings.max_messages.value_or(std::numeric_limits<std::size_t>::max());
  for (const Script& script : settings.scripts) {
    const std::size_t length = std::min(limit, script.messages.size());
    if (length == 0) continue;
    scripts_.emplace_back(script.messages.begin(),
                          script.messages.begin() + static_cast<std::ptrdiff_t>(length));
    max_messages_ = std::max(max_messages_, length);
  }
  if (!alphabet_.empty()) {
    alphabet_messages_ = settings.max_messages.value_or(kAlphabetMessages);
    max_messages_ = std::max(max_messages_, alphabet_messages_);
  }
  if (max_messages_ == 0) throw BadInput("there is no message to send");
  const faults::Kinds kinds = striking_kinds(settings);
  if (std::ranges::find(kinds, &faults::foreign()) != kinds.end()) add_strangers();

  for (std::size_t length = 1; length <= max_messages_; ++length) {
    std::vector<std::size_t>& of_length = scripts_of_length_.emplace_back();
    for (std::size_t script = 0; script < scripts_.size(); ++script) {
      if (scripts_[script].size() < length) continue;
      const bool is_new = std::ranges::none_of(of_length, [&](std::size_t earlier) {
        return are_symmetric(beginning(scripts_[earlier], length),
                             beginning(scripts_[script], length));
      });
      if (is_new) {
        of_length.push_back(script);
      } else {
        ++symmetric_;
      }
    }
    size_ += of_length.size();
    if (length <= alphabet_messages_) size_ += power(alphabet_.size(), length);
    size_ = std::min(size_, kMost);
  }
}

void Conversations::add_strangers() {
  for (const std::vector<Message>& script : controls()) {
    const auto is_alone = [&](const Message& message) {
      return message.pair == script.front().pair;
    };
    if (!std::ranges::all_of(script, is_alone)) continue;
    for (std::size_t said = 1; said <= script.size(); ++said) {
      std::vector<Message> both(script.begin(), script.begin() + static_cast<std::ptrdiff_t>(said));
      const Duration after = both.back().at - Instant{} + kDefaultGap;
      for (Message message : script) {
        message.pair = script.front().pair.next();
        message.at += after;
        both.push_back(std::move(message));
      }
      max_messages_ = std::max(max_messages_, both.size());
      scripts_.push_back(std::move(both));
    }
  }
}

Conversation Conversations::at(std::size_t index) const {
  for (std::size_t length = 1;; ++length) {
    const std::vector<std::size_t>& of_length = scripts_of_length_.at(length - 1);
    if (index < of_length.size()) {
      const std::vector<Message>& script = scripts_[of_length[index]];
      const auto messages = beginning(script, length);
      return {{messages.begin(), messages.end()}, script};
    }
    index -= of_length.size();
    if (length > alphabet_messages_) continue;
    const std::size_t spelled = power(alphabet_.size(), length);
    if (index < spelled) {
      Conversation conversation{spell(index, length), {}};
      conversation.longest = conversation.messages;
      while (conversation.longest.size() < alphabet_messages_) {
        const Instant at = conversation.longest.back().at + kDefaultGap;
        conversation.longest.push_back(spelled_message(0, at));
      }
      return conversation;
    }
    index -= spelled;
  }
}

std::size_t Conversations::number_of(std::span<const Message> messages) const {
  std::size_t number = 0;
  for (std::size_t length = 1; length < messages.size(); ++length) {
    number += scripts_of_length_.at(length - 1).size();
    if (length <= alphabet_messages_) number += power(alphabet_.size(), length);
  }
  const std::vector<std::size_t>& of_length = scripts_of_length_.at(messages.size() - 1);
  const auto script = std::ranges::find_if(of_length, [&](std::size_t index) {
    return are_symmetric(beginning(scripts_[index], messages.size()), messages);
  });
  number += static_cast<std::size_t>(script - of_length.begin());
  if (script != of_length.end()) return number;
  std::size_t spelled = 0;
  for (const Message& message : messages) {
    const auto body = std::ranges::find(alphabet_, message.body);
    spelled = spelled * alphabet_.size() + static_cast<std::size_t>(body - alphabet_.begin());
  }
  return number + spelled;
}

std::size_t Conversations::first_longest() const {
  const std::size_t spelled =
      alphabet_messages_ == max_messages_ ? power(alphabet_.size(), max_messages_) : 0;
  return size_ - scripts_of_length_.back().size() - std::min(spelled, size_ - 1);
}

std::vector<std::vector<Message>> Conversations::controls() const {
  std::vector<std::vector<Message>> controls = scripts_;
  for (std::size_t body = 0; body < alphabet_.size(); ++body) {
    std::vector<Message>& control = controls.emplace_back();
    for (std::size_t i = 0; i < alphabet_messages_; ++i) {
      const Instant at = Instant{} + kDefaultGap * static_cast<Duration::rep>(i);
      control.push_back(spelled_message((body + i) % alphabet_.size(), at));
    }
  }
  return controls;
}

std::vector<Message> Conversations::spell(std::size_t number, std::size_t length) const {
  std::vector<Message> messages(length);
  for (std::size_t i = length; i-- > 0; number /= alphabet_.size()) {
    messages[i] = spelled_message(number % alphabet_.size(),
                                  Instant{} + kDefaultGap * static_cast<Duration::rep>(i));
  }
  return messages;
}

Message Conversations::spelled_message(std::size_t body, Instant at) const {
  Message message{PairIndex(0), alphabet_[body], at};
  message.from = origin_;
  return message;
}

}  // namespace crumbproof::search
