#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

constexpr std::size_t kAlphabetMessages = 4;
/// More conversations than any budget has deliveries for; numbers stay below it.
constexpr std::size_t kMostConversations = std::size_t{1} << 40U;
/// All messages of all scripts that a stranger's messages come before: some 200 MB.
constexpr std::size_t kMostOfStrangers = 1'000'000;

std::size_t power(std::size_t base, std::size_t exponent) {
  std::size_t result = 1;
  for (; exponent > 0 && result < kMostConversations; --exponent) result *= base;
  return std::min(result, kMostConversations);
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

/// Which beginnings of scripts are symmetric, for many scripts at once: each beginning is a node
/// below the one that is shorter by a message, and symmetric ones are the same node. Two scripts
/// may be alike for long, so that to compare each with each takes time that no one has.
class Beginnings {
 public:
  /// The node of a script's beginning that is longer by the message; `known` are the pairs that
  /// have spoken in it, in their order.
  std::size_t next(std::size_t node, Message message, std::vector<PairIndex>& known) {
    const auto spoken = std::ranges::find(known, message.pair);
    const auto number = static_cast<std::uint32_t>(spoken - known.begin());
    if (spoken == known.end()) known.push_back(message.pair);
    message.pair = PairIndex(number);
    for (const std::size_t child : nodes_[node].children) {
      if (nodes_[child].last == message) return child;
    }
    nodes_[node].children.push_back(nodes_.size());
    nodes_.push_back({std::move(message), {}});
    return nodes_.size() - 1;
  }

 private:
  struct Node {
    Message last;  ///< its pair is numbered in the order of who speaks first
    std::vector<std::size_t> children;
  };

  std::vector<Node> nodes_{Node{}};
};

/// How far a script has been gone through.
struct Walk {
  std::size_t node = 0;
  std::vector<PairIndex> known;
};

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

  Beginnings beginnings;
  std::vector<Walk> walks(scripts_.size());
  for (std::size_t length = 1; length <= max_messages_; ++length) {
    std::vector<std::size_t>& of_length = scripts_of_length_.emplace_back();
    std::set<std::size_t> seen;
    for (std::size_t script = 0; script < scripts_.size(); ++script) {
      if (scripts_[script].size() < length) continue;
      Walk& walk = walks[script];
      walk.node = beginnings.next(walk.node, scripts_[script][length - 1], walk.known);
      if (seen.insert(walk.node).second) {
        of_length.push_back(script);
      } else {
        ++symmetric_;
      }
    }
    size_ += of_length.size();
    if (length <= alphabet_messages_) size_ += power(alphabet_.size(), length);
    size_ = std::min(size_, kMostConversations);
  }
}

void Conversations::add_strangers() {
  const auto of_strangers = [](std::size_t length) { return length * (3 * length + 1) / 2; };
  std::size_t total = alphabet_.size() * of_strangers(alphabet_messages_);
  for (const std::vector<Message>& script : scripts_) total += of_strangers(script.size());
  if (total > kMostOfStrangers) {
    throw BadInput(fmt::format(
        "to send another pair's cookies, each conversation is run behind each of its beginnings; "
        "for conversations of {} messages these are too many",
        max_messages_));
  }
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
    std::vector<Message> control;
    for (std::size_t i = 0; i < alphabet_messages_; ++i) {
      const Instant at = Instant{} + kDefaultGap * static_cast<Duration::rep>(i);
      control.push_back(spelled_message((body + i) % alphabet_.size(), at));
    }
    controls.push_back(std::move(control));
  }
  return controls;
}

std::vector<Message> Conversations::spell(std::size_t number, std::size_t length) const {
  std::vector<Message> messages(length);
  for (std::size_t i = length; i-- > 0;) {
    const Instant at = Instant{} + kDefaultGap * static_cast<Duration::rep>(i);
    messages[i] = spelled_message(number % alphabet_.size(), at);
    number /= alphabet_.size();
  }
  return messages;
}

Message Conversations::spelled_message(std::size_t body, Instant at) const {
  Message message{PairIndex(0), alphabet_[body], at};
  message.from = origin_;
  return message;
}

}  // namespace crumbproof::search
