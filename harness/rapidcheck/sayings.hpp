#pragma once

#include <crumbproof/rapidcheck/alphabet.hpp>
#include <crumbproof/rapidcheck/dice.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::rapidcheck {

/// A conversation by its number, in the order of the search: shorter ones first, beginnings of
/// scripts before what is made of words, and these in the order of the words.
struct Said {
  std::size_t messages = 0;
  bool spelled = false;    ///< made of words; else the beginning of a script
  std::size_t script = 0;  ///< which one
  /// For each message made of words: which word, which pair and which gap before it, in one number.
  std::vector<std::size_t> symbols = {};

  friend auto operator<=>(const Said&, const Said&) = default;
};

/// All conversations that may be drawn, and that what is drawn shrinks to.
class Sayings {
 public:
  /// Throws BadInput if nothing can be said.
  Sayings(std::vector<Word> words, std::vector<std::vector<Message>> scripts, Origin origin,
          const Options& options);

  [[nodiscard]] std::size_t max_messages() const { return max_messages_; }
  [[nodiscard]] std::vector<Message> messages(const Said& said) const;
  [[nodiscard]] Said drawn(Dice& dice) const;
  /// The smallest one of that many messages; nothing if there is none.
  [[nodiscard]] std::optional<Said> first(std::size_t messages) const;
  /// The next larger one of as many messages; nothing after the last.
  [[nodiscard]] std::optional<Said> after(const Said& said) const;
  /// Without its last messages, so that only so many are left.
  [[nodiscard]] Said beginning(const Said& said, std::size_t messages) const;
  /// Without one of its messages; nothing if that is no conversation of these.
  [[nodiscard]] std::optional<Said> without(const Said& said, std::size_t message) const;
  /// With that message as small as can be; nothing if it is already.
  [[nodiscard]] std::optional<Said> simplified(const Said& said, std::size_t message) const;
  /// Whether two messages can be on their way at the same time without any fault.
  [[nodiscard]] bool in_flight_together() const { return in_flight_together_; }

 private:
  [[nodiscard]] std::optional<Said> script_from(std::size_t script, std::size_t messages) const;
  [[nodiscard]] bool is_canonical(const std::vector<std::size_t>& symbols) const;
  [[nodiscard]] std::vector<std::size_t> canonical(std::vector<std::size_t> symbols) const;
  [[nodiscard]] std::size_t word_of(std::size_t symbol) const { return symbol % words_.size(); }
  [[nodiscard]] std::size_t pair_of(std::size_t symbol) const {
    return symbol / words_.size() % pairs_;
  }
  [[nodiscard]] std::size_t gap_of(std::size_t symbol) const {
    return symbol / words_.size() / pairs_;
  }
  [[nodiscard]] std::size_t symbol(std::size_t gap, std::size_t pair, std::size_t word) const {
    return (gap * pairs_ + pair) * words_.size() + word;
  }

  std::vector<Word> words_;
  std::vector<std::vector<Message>> scripts_;
  Origin origin_;
  std::size_t pairs_;
  std::vector<Duration> gaps_;
  std::size_t max_spelled_;
  std::size_t max_messages_;
  bool in_flight_together_ = false;
};

}  // namespace crumbproof::rapidcheck
