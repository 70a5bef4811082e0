#include <crumbproof/cli/kept_failure.hpp>
#include <crumbproof/cli/yaml_reader.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/json.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "crumbproof.failure/1";
constexpr std::string_view kFailing = "failing";
constexpr std::string_view kFixed = "fixed";
constexpr std::string_view kTop =
    "# A schedule that the app failed. crumbproof check runs it first and tells whether it is "
    "fixed.\n"
    "# Commit it to keep it as a test; delete it to forget it.\n";

/// JSON is YAML, and its quotes leave no text to be taken for something else.
std::string one_line(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string list_of(std::string_view key, const Json& items) {
  if (items.empty()) return fmt::format("{}: []\n", key);
  std::string text = fmt::format("{}:\n", key);
  for (const Json& item : items) text += fmt::format("  - {}\n", one_line(item));
  return text;
}

// ---- reading

/// A text of the file as the JSON value that it was.
Json number_or_text(const std::string& text) {
  std::int64_t whole = 0;
  const char* const end = text.data() + text.size();
  if (const auto [at, error] = std::from_chars(text.data(), end, whole);
      error == std::errc() && at == end) {
    return whole;
  }
  double fraction = 0;
  if (const auto [at, error] = std::from_chars(text.data(), end, fraction);
      error == std::errc() && at == end) {
    return fraction;
  }
  return text;
}

/// Which keys of messages and faults are texts, whatever they look like.
bool is_text(std::string_view key) {
  return key == "body" || key == "kind" || key == "channel" || key == "country";
}

Json to_json(const YamlNode& node, std::string_view key) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return {};
    case YamlNode::Kind::text:
      return is_text(key) ? Json(node.text) : number_or_text(node.text);
    case YamlNode::Kind::list: {
      Json list = Json::array();
      // Of media and of cookies' names.
      for (const YamlNode& item : node.items) list.push_back(item.text);
      return list;
    }
    case YamlNode::Kind::map:
      break;
  }
  Json object = Json::object();
  for (const YamlEntry& entry : node.entries) {
    object[entry.key] =
        key == "parameters" ? Json(entry.value.text) : to_json(entry.value, entry.key);
  }
  return object;
}

class KeptFailureReader {
 public:
  explicit KeptFailureReader(std::string_view path) : yaml_(path) {}

  KeptFailure read(const YamlNode& root) {
    search::Recorded& recorded = kept_.recorded;
    bool has_schema = false;
    yaml_.keys(root, "a kept failure",
               {{"schema",
                 [&](const YamlNode& node) {
                   has_schema = true;
                   if (yaml_.text(node, "schema", kSchema) != kSchema) fail_schema(root, node);
                 }},
                {"status", [&](const YamlNode& node) { read_status(node); }},
                {"property", [&](const YamlNode& node) { read_property(node); }},
                {"messages",
                 [&](const YamlNode& node) {
                   for (const YamlNode& item : yaml_.list(node, "messages", kMessages)) {
                     recorded.schedule.messages.push_back(yaml_.parsed(
                         item, "messages", [&] { return message_from_json(to_json(item, "")); }));
                   }
                 }},
                {"faults",
                 [&](const YamlNode& node) {
                   for (const YamlNode& item : node.items) {
                     recorded.schedule.faults.push_back(
                         yaml_.parsed(item, "faults", [&] { return fault_of(item); }));
                   }
                 }},
                {"ignore",
                 [&](const YamlNode& node) {
                   for (const YamlNode& item : node.items) recorded.ignore.push_back(item.text);
                 }},
                text("expected", recorded.difference.expected),
                text("actual", recorded.difference.actual),
                text("cause", kept_.cause),
                text("version", kept_.version)});
    if (!has_schema) yaml_.fail(1, fmt::format("schema: {} is missing", kSchema));
    if (recorded.property.empty()) yaml_.fail(1, "property: it has to name the one that is broken");
    if (recorded.schedule.messages.empty()) yaml_.fail(1, "messages: there has to be one at least");
    return std::move(kept_);
  }

 private:
  static constexpr std::string_view kMessages = "- {pair: 0, body: order, at_s: 0}";

  /// Says who has written it, since that crumbproof can read it.
  void fail_schema(const YamlNode& root, const YamlNode& schema) const {
    const auto version = std::ranges::find(root.entries, "version", &YamlEntry::key);
    const std::string written =
        version == root.entries.end()
            ? std::string()
            : fmt::format(", written by crumbproof {:?},", version->value.text);
    yaml_.fail(schema.line, fmt::format("schema: {:?}{} is not {}", schema.text, written, kSchema));
  }

  void read_status(const YamlNode& node) {
    const std::string& status = yaml_.text(node, "status", kFailing);
    if (status != kFailing && status != kFixed) {
      yaml_.fail(node.line,
                 fmt::format("status: {:?} is neither {} nor {}", status, kFailing, kFixed));
    }
    kept_.fixed = status == kFixed;
  }

  /// One, and not several: that would be none that can be run.
  void read_property(const YamlNode& node) {
    const std::string& name = yaml_.text(node, "property", "cookie-missing");
    const auto named = yaml_.parsed(node, "property", [&] { return properties::parse_list(name); });
    if (named.size() != 1) yaml_.fail(node.line, "property: it has to name one, not several");
    kept_.recorded.property = named.front()->name();
  }

  /// Its kind is one too.
  static Fault fault_of(const YamlNode& node) {
    Fault fault = fault_from_json(to_json(node, ""));
    const auto named = faults::parse_list(fault.kind);
    if (named.size() != 1) throw BadInput("kind: it has to name one, not several");
    fault.kind = named.front()->name();
    return fault;
  }

  [[nodiscard]] YamlKey text(std::string_view key, std::string& into) const {
    return {key,
            [this, key, &into](const YamlNode& node) { into = yaml_.text(node, key, "a text"); }};
  }

  YamlReader yaml_;
  KeptFailure kept_;
};

}  // namespace

std::string file_name_of(const KeptFailure& kept) {
  constexpr int kHalf = 32;
  Hasher hash;
  hash.add(kept.recorded.property).add(one_line(crumbproof::to_json(kept.recorded.schedule)));
  return fmt::format("{}-{:08x}.yaml", kept.recorded.property, hash.value() >> kHalf);
}

std::string write_kept_failure(const KeptFailure& kept) {
  const search::Recorded& recorded = kept.recorded;
  const Json schedule = crumbproof::to_json(recorded.schedule);
  std::string text(kTop);
  text += fmt::format("schema: {}\nstatus: {}\nproperty: {}\n", kSchema,
                      kept.fixed ? kFixed : kFailing, recorded.property);
  text += list_of("messages", schedule.at("messages"));
  text += list_of("faults", schedule.at("faults"));
  text += list_of("ignore", recorded.ignore);
  text += fmt::format("expected: {}\nactual: {}\n", one_line(recorded.difference.expected),
                      one_line(recorded.difference.actual));
  text += fmt::format("cause: {}\nversion: {}\n", one_line(kept.cause), one_line(kept.version));
  return text;
}

KeptFailure read_kept_failure(const std::string& text, std::string_view path) {
  return KeptFailureReader(path).read(read_yaml(text, path));
}

}  // namespace crumbproof::cli
