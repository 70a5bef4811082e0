#include <crumbproof/twilio/strict_xml.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace crumbproof::twilio {

namespace {

/// XML 1.0 section 2.2.
bool is_xml_character(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

/// Whether this, of "&this;", stands for a character: one of the five entities that need no
/// declaration, or a number.
bool is_reference(std::string_view name) {
  constexpr std::array<std::string_view, 5> kEntities{"amp", "lt", "gt", "quot", "apos"};
  if (!name.starts_with('#')) return std::ranges::find(kEntities, name) != kEntities.end();
  const bool hex = name.starts_with("#x");
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, number, hex ? 16 : 10);
  return read.ec == std::errc() && read.ptr == end && is_xml_character(number);
}

/// Walks over a document that was parsed with nothing left out and no reference decoded.
class Checker final : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    switch (node.type()) {
      case pugi::node_element:
        check_element(node);
        break;
      case pugi::node_pcdata:
        check_text(node.value());
        check_references(node.value());
        break;
      case pugi::node_cdata:
        check_text(node.value());
        break;
      case pugi::node_declaration:
        if (node != node.root().first_child()) fail("something stands before its <?xml");
        break;
      default:
        break;
    }
    return !problem_;
  }

  bool end(pugi::xml_node&) override {
    if (roots_ == 0) fail("it has no root element");
    return true;
  }

  [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

 private:
  void check_element(const pugi::xml_node& element) {
    if (depth() == 0 && ++roots_ > 1) fail("it has more than one root element");
    std::set<std::string_view> names;
    for (const pugi::xml_attribute& attribute : element.attributes()) {
      if (!names.insert(attribute.name()).second) fail("an element has an attribute twice");
      const std::string_view value = attribute.value();
      if (value.find('<') != std::string_view::npos) fail("a '<' in an attribute is written &lt;");
      check_characters(value);
      check_references(value);
    }
  }

  void check_text(std::string_view text) {
    if (depth() == 0 && text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      fail("text stands outside its root element");
    }
    check_characters(text);
  }

  void check_characters(std::string_view text) {
    if (!std::ranges::all_of(decode_utf8(text), is_xml_character)) {
      fail("it has a character that XML does not have");
    }
  }

  void check_references(std::string_view text) {
    for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&')) {
      text.remove_prefix(at + 1);
      const std::size_t semicolon = text.find(';');
      if (semicolon == std::string_view::npos || !is_reference(text.substr(0, semicolon))) {
        fail("a '&' begins no entity that is known; a '&' itself is written &amp;");
        return;
      }
    }
  }

  /// The first problem is the one to tell.
  void fail(std::string_view problem) {
    if (!problem_) problem_ = problem;
  }

  int roots_ = 0;
  std::optional<std::string> problem_;
};

}  // namespace

std::optional<std::string> load_strictly(pugi::xml_document& document, std::string_view text) {
  constexpr unsigned kEverythingAsWritten =
      (pugi::parse_full & ~pugi::parse_escapes) | pugi::parse_ws_pcdata | pugi::parse_fragment;
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), kEverythingAsWritten);
  if (!parsed) return fmt::format("{} near byte {}", parsed.description(), parsed.offset + 1);
  if (parsed.encoding == pugi::encoding_utf8) {
    if (valid_utf8(text) != text) return "it is not UTF-8";
    // pugixml takes a NUL for the end of the text.
    if (text.find('\0') != std::string_view::npos) return "it has a NUL in it";
  }
  Checker checker;
  document.traverse(checker);
  if (checker.problem()) return checker.problem();
  document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  return std::nullopt;
}

}  // namespace crumbproof::twilio
