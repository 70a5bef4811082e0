#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::properties {

/// What does not count when replies are compared: what the user says (--ignore), and what the app
/// was seen to vary by itself between executions with the same requests.
///
/// A learned mask stands for one token, or one run without white space, and is anchored to the
/// words before and after it, so it never covers a whole text.
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
  /// Learns from two texts that the app gave for the same requests. False if they differ in more
  /// than single tokens or one run without white space, or where no word stands near that is
  /// the same in both.
  bool learn(std::string_view one, std::string_view other);
  /// Whether nothing of the text is left to compare.
  [[nodiscard]] bool cover_all_of(std::string_view text) const;
  /// Each mask in words, with an example.
  [[nodiscard]] std::vector<std::string> describe() const;

 private:
  struct Ignored;
  struct Learned;

  std::vector<Ignored> ignored_;
  std::vector<Learned> learned_;
};

}  // namespace crumbproof::properties
