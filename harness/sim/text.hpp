#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace crumbproof {

/// A text that does not change, shared by all its copies: a URL that stands in each delivery of
/// each trace is kept once.
class Text {
 public:
  /// The empty text.
  Text() = default;
  ///@{
  /// That text. Not explicit, since a text is a text.
  Text(std::string text)  // NOLINT(google-explicit-constructor)
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  Text(std::string_view text) : Text(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Text(const char* text) : Text(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  ///@}

  /// The text as the standard library has it; lives as long as a copy of this does.
  [[nodiscard]] const std::string& str() const {
    static const std::string kEmpty;
    return text_ ? *text_ : kEmpty;
  }
  /// Whether there is nothing in it.
  [[nodiscard]] bool empty() const { return !text_; }

  ///@{
  /// Equal if they say the same.
  friend bool operator==(const Text& one, const Text& other) {
    return one.text_ == other.text_ || one.str() == other.str();
  }
  template <std::convertible_to<std::string_view> Other>
  friend bool operator==(const Text& one, const Other& other) {
    return std::string_view(one.str()) == std::string_view(other);
  }
  ///@}

 private:
  std::shared_ptr<const std::string> text_;  ///< null: empty
};

}  // namespace crumbproof
