#include <crumbproof/cli/yaml_tree.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace crumbproof::cli {

namespace {

std::size_t line_of(const YAML::Mark& mark) { return static_cast<std::size_t>(mark.line) + 1; }

/// Builds the tree from the parser's events. Nodes under way are kept on a stack of values, so that
/// no pointer into a vector outlives its growth.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(std::string_view path) : path_(path) {}

  YamlNode take() && { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) fail(mark, "a second document begins; a scenario file has one");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add({YamlNode::Kind::null, line_of(mark), {}, {}, {}}, mark);
  }

  /// Not reached: all anchors are refused, so an alias names none and is an error of the parser's.
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    add({YamlNode::Kind::text, line_of(mark), value, {}, {}}, mark);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    begin(YamlNode::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    begin(YamlNode::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    YamlNode node;
    YAML::Mark mark;
    bool key_is_read = false;  ///< of a map, the entry that comes last
  };

  [[noreturn]] void fail(const YAML::Mark& mark, std::string_view what) const {
    throw BadInput(fmt::format("{}:{}: {}", path_, line_of(mark), what));
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor == 0) return;
    fail(mark, "anchors (&name) are not read here; put a text that begins with & in quotes");
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;  // as the parser marks plain and quoted
    fail(mark, "tags (!name) are not read here; put a text that begins with ! in quotes");
  }

  void begin(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    open_.push_back({{kind, line_of(mark), {}, {}, {}}, mark});
  }

  void end() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done.node), done.mark);
  }

  void add(YamlNode node, const YAML::Mark& mark) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::list) {
      parent.node.items.push_back(std::move(node));
      return;
    }
    if (parent.key_is_read) {
      YamlEntry& entry = parent.node.entries.back();
      // Nothing is found where the next thing begins.
      if (node.kind == YamlNode::Kind::null) node.line = entry.line;
      entry.value = std::move(node);
    } else {
      if (node.kind != YamlNode::Kind::text) fail(mark, "a key has to be a text");
      parent.node.entries.push_back({std::move(node.text), node.line, {}});
    }
    parent.key_is_read = !parent.key_is_read;
  }

  std::string_view path_;
  std::size_t documents_ = 0;
  YamlNode root_;
  std::vector<Open> open_;
};

void check_encoding(const std::string& text, std::string_view path) {
  if (twilio::valid_utf8(text) == text) return;
  std::istringstream lines(text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (twilio::valid_utf8(line) == line) continue;
    throw BadInput(fmt::format("{}:{}: the line is not valid UTF-8", path, number));
  }
}

/// The parser's message on one line; what it quotes of the file may be part of a character.
std::string tidy(std::string message) {
  std::ranges::replace(message, '\n', ' ');
  return report::harmless(message);
}

}  // namespace

std::string_view describe(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::null:
      return "nothing";
    case YamlNode::Kind::text:
      return "a text";
    case YamlNode::Kind::list:
      return "a list";
    case YamlNode::Kind::map:
      return "keys with values";
  }
  return {};
}

YamlNode read_yaml(const std::string& text, std::string_view path) {
  check_encoding(text, path);
  std::istringstream stream(text);
  Builder builder(path);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    const bool alias = error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR);
    throw BadInput(fmt::format(
        "{}:{}: {}", path, line_of(error.mark),
        alias ? "aliases (*name) are not read here; put a text that begins with * in quotes"
              : "this is no valid YAML: " + tidy(error.msg)));
  }
  return std::move(builder).take();
}

}  // namespace crumbproof::cli
