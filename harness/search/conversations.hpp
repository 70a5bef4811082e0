#pragma once

#include <crumbproof/search/check.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::search {

/// Messages to be sent, and a longer conversation that begins with them.
struct Conversation {
  std::vector<Message> messages;
  /// An execution of this one answers for `messages` too, so the app need not be asked twice.
  std::vector<Message> longest;
};

/// All conversations of a search: the beginnings of its scripts, and all that the alphabet gives;
/// where cookies may be another pair's, also scripts that a stranger's messages come before.
/// They are numbered in order of size: fewer messages first, then scripts in their order before
/// the alphabet in its order. None is held in memory but the scripts.
class Conversations {
 public:
  /// Throws BadInput if there is no message at all, and if there would be too many of strangers.
  explicit Conversations(const CheckSettings& settings);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Conversation at(std::size_t index) const;
  /// The number of the conversation that has these messages, or the same between other pairs. They
  /// must be a beginning of a control.
  [[nodiscard]] std::size_t number_of(std::span<const Message> messages) const;
  [[nodiscard]] std::size_t max_messages() const { return max_messages_; }
  /// Beginnings of scripts that are left out, since another is the same but for the pairs.
  [[nodiscard]] std::size_t symmetric() const { return symmetric_; }
  /// The conversations of most messages begin here.
  [[nodiscard]] std::size_t first_longest() const;
  /// The whole scripts, and where there is an alphabet a conversation of each of its bodies in
  /// turn.
  [[nodiscard]] std::vector<std::vector<Message>> controls() const;

 private:
  /// Another pair's cookies are there only if another pair has spoken: for each script on one pair,
  /// a stranger who says a beginning of it first, and then the script.
  void add_strangers();
  [[nodiscard]] Message spelled_message(std::size_t body, Instant at) const;
  [[nodiscard]] std::vector<Message> spell(std::size_t number, std::size_t length) const;

  std::vector<std::vector<Message>> scripts_;  // cut to max_messages_
  std::vector<std::vector<std::size_t>>
      scripts_of_length_;  // by length: those with such a beginning
  std::vector<std::string> alphabet_;
  Origin origin_;
  std::size_t alphabet_messages_ = 0;
  std::size_t max_messages_ = 0;
  std::size_t size_ = 0;
  std::size_t symmetric_ = 0;
};

}  // namespace crumbproof::search
