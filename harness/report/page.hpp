#pragma once

#include <crumbproof/report/console.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crumbproof::report {

/// What a piece of text tells at a glance.
enum class Tone : std::uint8_t { plain, strong, good, bad, caution };

/// The text in the tone's colour and weight, if there are colours (ECMA-48 SGR sequences).
std::string paint(std::string_view text, Tone tone, const Style& style);

/// No layout goes below this width, in columns.
inline constexpr std::size_t kNarrowest = 40;

/// What stands before a text and is not broken.
struct Label {
  std::string text;  ///< harmless, with the space after it
  Tone tone = Tone::plain;
};

/// A report that grows downwards. What it is given may hold anything; it makes it harmless.
class Page {
 public:
  explicit Page(const Style& style);

  /// The text wrapped to the width, its later lines beginning below its first word. URLs stay
  /// whole.
  void paragraph(const Label& label, std::string_view text);
  /// The text on one line however long it is, so that it can be copied.
  void command(const Label& label, std::string_view text);
  /// Lines that are laid out already, with their line ends.
  void block(std::string_view lines) { text_ += lines; }
  /// An empty line.
  void gap() { text_ += '\n'; }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  const Style& style_;
  std::string text_;
};

}  // namespace crumbproof::report
