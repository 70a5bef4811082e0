#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::cli {

struct YamlEntry;

/// A YAML document as written: every scalar is its text (so that an unquoted `yes` stays one), and
/// everything knows its line.
struct YamlNode {
  enum class Kind : std::uint8_t { null, text, list, map };

  Kind kind = Kind::null;
  std::size_t line = 0;  ///< from 1
  std::string text;
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;  ///< in the order of the file; keys can be there twice
};

struct YamlEntry {
  std::string key;
  std::size_t line = 0;
  YamlNode value;
};

/// What a node is, for error messages: "a text", "a list" ...
std::string_view describe(YamlNode::Kind kind);

/// Reads a text of one YAML document; no document at all is null. Throws BadInput that names
/// `path` and the line: for YAML that is none, bytes that are no UTF-8, more than one document, and
/// for anchors, aliases and tags, which a scenario has no use for.
YamlNode read_yaml(const std::string& text, std::string_view path);

}  // namespace crumbproof::cli
