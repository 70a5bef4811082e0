#include <crumbproof/report/page.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>

namespace crumbproof::report {

namespace {

std::string_view code(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::good:
      return "\x1b[1;32m";
    case Tone::bad:
      return "\x1b[1;31m";
    case Tone::caution:
      return "\x1b[33m";
  }
  return "";
}

}  // namespace

std::string paint(std::string_view text, Tone tone, const Style& style) {
  const std::string_view begin = style.color ? code(tone) : "";
  if (begin.empty() || text.empty()) return std::string(text);
  return std::string(begin) + std::string(text) + "\x1b[0m";
}

Page::Page(const Style& style) : style_(style) {}

void Page::paragraph(const Label& label, std::string_view text) {
  const std::size_t indent = columns(label.text);
  const std::size_t width = std::max(style_.width, kNarrowest);
  const std::size_t left = width > indent ? width - indent : 1;
  std::string before = paint(label.text, label.tone, style_);
  for (const std::string& line : wrap(harmless(text), left, Breaking::words)) {
    text_ += before + line + '\n';
    before = std::string(indent, ' ');
  }
}

void Page::command(const Label& label, std::string_view text) {
  text_ += paint(label.text, label.tone, style_) + harmless(text) + '\n';
}

}  // namespace crumbproof::report
