#include <crumbproof/report/lifelines.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::report {

namespace {

/// Wider pictures are no easier to read.
constexpr std::size_t kWidest = 100;
constexpr std::size_t kMargin = 2;
constexpr std::size_t kPadding = 2;  ///< left of the gutter
/// Texts stand side by side if both get half of this.
constexpr std::size_t kRoomForTwo = 60;
constexpr std::size_t kBetween = 3;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

std::string line_of(const std::vector<std::string>& lines, std::size_t index) {
  return index < lines.size() ? lines[index] : std::string();
}

}  // namespace

Lifelines::Lifelines(const Style& style, std::size_t gutter)
    : style_(style),
      gutter_(gutter),
      inner_(std::clamp(style.width, kNarrowest, kWidest) - kMargin - 2),
      room_(inner_ - kPadding - gutter - 1) {
  constexpr std::string_view kLeft = "sender";
  constexpr std::string_view kRight = "app";
  drawing_ += padded(kLeft, kMargin + 2 + inner_ - kRight.size()) + std::string(kRight) + '\n';
}

void Lifelines::row(std::string_view number, std::string_view text, Tone tone) {
  const std::size_t taken = columns(text);
  drawing_ +=
      fmt::format("{:{}}│{:{}}{}{}{} │\n", "", kMargin, "", kPadding, padded(number, gutter_),
                  paint(text, tone, style_), std::string(room_ > taken ? room_ - taken : 0, ' '));
}

void Lifelines::text(std::string_view text, Tone tone, std::string_view number) {
  for (const std::string& line : wrap(text, room_, Breaking::anywhere)) {
    row(number, line, tone);
    number = "";
  }
}

void Lifelines::beside(std::string_view good_title, std::string_view good,
                       std::string_view bad_title, std::string_view bad) {
  if (room_ < kRoomForTwo) {
    text(fmt::format("{}:", good_title), Tone::strong);
    text(good, Tone::good);
    text(fmt::format("{}:", bad_title), Tone::strong);
    text(bad, Tone::bad);
    return;
  }
  const std::size_t half = (room_ - kBetween) / 2;
  const auto left = wrap(good, half, Breaking::anywhere);
  const auto right = wrap(bad, half, Breaking::anywhere);
  const auto both = [&](const std::string& one, Tone one_tone, const std::string& other,
                        Tone other_tone) {
    const std::string gap(half - std::min(half, columns(one)) + kBetween, ' ');
    const std::size_t rest = room_ - half - kBetween;
    drawing_ += fmt::format("{:{}}│{:{}}{}{}{}{} │\n", "", kMargin, "", kPadding + gutter_,
                            paint(one, one_tone, style_), gap, paint(other, other_tone, style_),
                            std::string(rest - std::min(rest, columns(other)), ' '));
  };
  both(std::string(good_title), Tone::strong, std::string(bad_title), Tone::strong);
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    both(line_of(left, i), Tone::good, line_of(right, i), Tone::bad);
  }
}

void Lifelines::arrow(std::string_view line) {
  drawing_ += fmt::format("{:{}}{}\n", "", kMargin, line);
}

void Lifelines::request(Arrow fate) {
  if (fate == Arrow::whole) {
    arrow("├" + repeated("─", inner_ - 1) + ">│");
    return;
  }
  const std::size_t half = inner_ / 2;
  arrow("├" + repeated("─", half) + paint("✗", Tone::caution, style_) +
        std::string(inner_ - half - 1, ' ') + "│");
}

void Lifelines::answer(Arrow fate) {
  if (fate == Arrow::whole) {
    arrow("│<" + repeated("─", inner_ - 1) + "┤");
    return;
  }
  const std::size_t half = inner_ / 2;
  arrow("│" + std::string(inner_ - half - 1, ' ') + paint("✗", Tone::caution, style_) +
        repeated("─", half) + "┤");
}

}  // namespace crumbproof::report
