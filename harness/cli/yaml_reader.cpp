#include <crumbproof/cli/yaml_reader.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <map>

namespace crumbproof::cli {

void YamlReader::keys(const YamlNode& node, std::string_view what,
                      const std::vector<YamlKey>& known) const {
  if (node.kind != YamlNode::Kind::map) {
    fail(node.line, fmt::format("{} has to be keys with values, as in {}: ..., not {}", what,
                                known.front().name, describe(node.kind)));
  }
  std::map<std::string_view, std::size_t> lines;
  for (const YamlEntry& entry : node.entries) {
    const auto found = std::ranges::find(known, entry.key, &YamlKey::name);
    if (found == known.end()) {
      std::vector<std::string_view> names;
      for (const YamlKey& key : known) names.push_back(key.name);
      fail(entry.line, fmt::format("{} has no key {:?}; did you mean \"{}\"?", what, entry.key,
                                   nearest(entry.key, names)));
    }
    const auto [first, is_new] = lines.try_emplace(entry.key, entry.line);
    if (!is_new) {
      fail(entry.line, fmt::format("the key \"{}\" is there twice, first on line {}", entry.key,
                                   first->second));
    }
    found->read(entry.value);
  }
}

const std::string& YamlReader::text(const YamlNode& node, std::string_view key,
                                    std::string_view like) const {
  if (node.kind != YamlNode::Kind::text) {
    fail(node.line,
         fmt::format("{} has to be one value, as in {}, not {}", key, like, describe(node.kind)));
  }
  return node.text;
}

const std::vector<YamlNode>& YamlReader::list(const YamlNode& node, std::string_view key,
                                              std::string_view like) const {
  if (node.kind != YamlNode::Kind::list) {
    fail(node.line,
         fmt::format("{} has to be a list, as in {}, not {}", key, like, describe(node.kind)));
  }
  if (node.items.empty()) fail(node.line, fmt::format("{} is an empty list", key));
  return node.items;
}

std::string YamlReader::place(const YamlNode& node, std::string_view key) const {
  return fmt::format("{}:{}: {}", path_, node.line, key);
}

void YamlReader::fail(std::size_t line, std::string_view what) const {
  // Keys that anyone may name, as those of parameters are, are quoted as they stand.
  throw BadInput(fmt::format("{}:{}: {}", path_, line, report::harmless(what)));
}

}  // namespace crumbproof::cli
