#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::properties {

/// What does not count when replies are compared: what the user says (--ignore), and what the app
/// was seen to vary by itself between executions with the same requests.
///
/// A learned mask stands for one token, or one run without white space, and is anchored to the
/// words before and after it, so it never covers a whole text. Phrases that the app words in
/// several ways are masked likewise, but only by those wordings that were seen, and only if at
/// least half of the shorter text is left to compare.
class Masks {
 public:
  /// Throws BadInput for a text that is no regular expression (ECMAScript syntax).
  explicit Masks(const std::vector<std::string>& ignore);
  ~Masks();
  Masks(const Masks&) = delete;
  Masks& operator=(const Masks&) = delete;
  Masks(Masks&&) noexcept;
  Masks& operator=(Masks&&) noexcept;

  /// The text with what is masked replaced by a placeholder. Throws BadInput for a regular
  /// expression that cannot be matched in reasonable time.
  [[nodiscard]] std::string apply(std::string_view text) const;
  /// Whether two texts are the same but for what is masked.
  [[nodiscard]] bool alike(std::string_view one, std::string_view other) const {
    if (one == other) return true;
    if (empty()) return false;
    return apply(one) == apply(other);
  }
  /// Whether nothing is masked.
  [[nodiscard]] bool empty() const;
  /// Learns from two texts that the app gave for the same requests. False if too little of them is
  /// the same, if a phrase that differs holds a number, or where no word stands near that is the
  /// same in both.
  bool learn(std::string_view one, std::string_view other);
  /// Whether nothing of the text is left to compare.
  [[nodiscard]] bool cover_all_of(std::string_view text) const;
  /// Each mask in words, with an example.
  [[nodiscard]] std::vector<std::string> describe() const;

 private:
  struct Ignored;
  struct Anchor;
  struct Learned;
  struct Wording;

  [[nodiscard]] std::string apply_patterns(std::string_view text) const;
  [[nodiscard]] std::string apply_wordings(const std::string& text) const;
  /// The tokens before `begin` and after `end`, none before `least` nor after `most`.
  static Anchor anchor_of(const std::vector<std::string_view>& tokens, std::size_t begin,
                          std::size_t end, std::size_t least, std::size_t most);
  void add(Wording wording);

  std::vector<Ignored> ignored_;
  std::vector<Learned> learned_;
  std::vector<Wording> wordings_;
};

}  // namespace crumbproof::properties
