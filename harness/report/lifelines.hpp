#pragma once

#include <crumbproof/report/page.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crumbproof::report {

/// How far a request or an answer comes.
enum class Arrow : std::uint8_t { whole, lost };

/// The two lines of a sequence diagram and what stands between them.
class Lifelines {
 public:
  /// Names both ends. `gutter`: columns for the numbers of the deliveries.
  Lifelines(const Style& style, std::size_t gutter);

  /// A harmless text, wrapped; `number` stands in the gutter of its first line.
  void text(std::string_view text, Tone tone = Tone::plain, std::string_view number = "");
  /// Two harmless texts under their titles: in two columns where the width allows it, else one
  /// below the other.
  void beside(std::string_view good_title, std::string_view good, std::string_view bad_title,
              std::string_view bad);
  void request(Arrow fate);
  void answer(Arrow fate);
  void gap() { row("", "", Tone::plain); }

  [[nodiscard]] const std::string& drawing() const { return drawing_; }

 private:
  void row(std::string_view number, std::string_view text, Tone tone);
  void arrow(std::string_view line);

  const Style& style_;
  std::size_t gutter_;
  std::size_t inner_;  ///< columns between the two lines
  std::size_t room_;   ///< columns for text
  std::string drawing_;
};

}  // namespace crumbproof::report
