#pragma once

#include <crumbproof/cli/yaml_tree.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::cli {

/// A key that a map may have, and what to do with its value.
struct YamlKey {
  std::string_view name;
  std::function<void(const YamlNode&)> read;
};

/// Reads nodes of one file as what they should be. All of these throw BadInput with path and line.
class YamlReader {
 public:
  explicit YamlReader(std::string_view path) : path_(path) {}

  /// Calls the key's function for each entry. `what` is named in errors, as in "a conversation".
  void keys(const YamlNode& node, std::string_view what, const std::vector<YamlKey>& known) const;
  /// The value of the key, which has to be a text; `like` is an example of a right one.
  [[nodiscard]] const std::string& text(const YamlNode& node, std::string_view key,
                                        std::string_view like) const;
  /// The items of the key, which has to be a list and not empty; `like` is as above.
  [[nodiscard]] const std::vector<YamlNode>& list(const YamlNode& node, std::string_view key,
                                                  std::string_view like) const;
  /// What `parse` returns; a BadInput of its own gets path, line and key.
  template <class Parse>
  [[nodiscard]] auto parsed(const YamlNode& node, std::string_view key, Parse parse) const {
    try {
      return parse();
    } catch (const BadInput& error) {
      fail(node.line, fmt::format("{}: {}", key, error.what()));
    }
  }

  /// Path, line and key, as errors begin.
  [[nodiscard]] std::string place(const YamlNode& node, std::string_view key) const;
  [[noreturn]] void fail(std::size_t line, std::string_view what) const;

 private:
  std::string_view path_;
};

}  // namespace crumbproof::cli
