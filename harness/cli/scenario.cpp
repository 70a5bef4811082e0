#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/url_rules.hpp>
#include <crumbproof/cli/values.hpp>
#include <crumbproof/cli/yaml_reader.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::cli {

namespace {

/// Senders in one conversation.
constexpr Range kPairs{0, 9};

constexpr std::string_view kTexts = "[order, \"yes\"]";

/// Reads one scenario file into what is wished for in it.
class ScenarioReader {
 public:
  explicit ScenarioReader(std::string_view path) : yaml_(path) {}

  Wishes read(const YamlNode& root) {
    if (root.kind == YamlNode::Kind::null) {
      yaml_.fail(1, "the file is empty; crumbproof init writes one to start from");
    }
    yaml_.keys(
        root, "a scenario",
        {{"conversations", [this](const YamlNode& node) { conversations(node); }},
         {"say", [this](const YamlNode& node) { add_script(node, "", PairIndex()); }},
         each("alphabet", kTexts, wishes_.alphabet, checked_body),
         one("max-messages", "4", wishes_.max_messages, whole(kMaxMessages)),
         one("max-faults", "2", wishes_.max_faults, whole(kMaxFaults)),
         one("overlap-tries", "5", wishes_.overlap_tries, whole(kOverlapTries)),
         names("faults", "[missing, stale]", wishes_.kinds, faults::parse_list),
         names("properties", "[cookie-missing, no-crash]", wishes_.properties,
               properties::parse_list),
         one("strategy", "exhaustive", wishes_.strategy, parse_strategy),
         one("budget", "20000", wishes_.budget, whole(kBudget)),
         one("time-limit", "60", wishes_.time_limit,
             [](const std::string& text) { return parse_seconds(text, kTimeLimitSeconds); }),
         each("ignore", "[\"ticket #[0-9]+\"]", wishes_.ignore, checked_pattern),
         each("redact", "[sid, \"cart*\"]", wishes_.redact, checked_cookie_pattern),
         url("probe", "http://127.0.0.1:3000/orders?from={From}", wishes_.probe, checked_probe),
         one("before-each", "./reset-db.sh", wishes_.before_each, checked_command),
         one("channel", "whatsapp", wishes_.channel, parse_channel),
         one("country", "GB", wishes_.country, checked_country),
         names("assume", "[one-cookie, any-path]", wishes_.assume, checked_assumptions),
         {"webhook", [this](const YamlNode& node) { webhook(node); }}});
    return std::move(wishes_);
  }

 private:
  // ---- what a key's value is, and where it goes

  template <class Parse>
  [[nodiscard]] auto value(const YamlNode& node, std::string_view key, std::string_view like,
                           Parse parse) const {
    const std::string& text = yaml_.text(node, key, like);
    return yaml_.parsed(node, key, [&] { return parse(text); });
  }

  /// A key of one value.
  template <class Into, class Parse>
  YamlKey one(std::string_view key, std::string_view like, Into& into, Parse parse) const {
    return {key, [=, this, &into](const YamlNode& node) { into = value(node, key, like, parse); }};
  }

  /// A key of one URL.
  template <class Parse>
  YamlKey url(std::string_view key, std::string_view like, std::optional<PlacedUrl>& into,
              Parse parse) const {
    return {key, [=, this, &into](const YamlNode& node) {
              into = PlacedUrl{value(node, key, like, parse), yaml_.place(node, key)};
            }};
  }

  /// A key of a list of texts.
  template <class Parse>
  YamlKey each(std::string_view key, std::string_view like,
               std::optional<std::vector<std::string>>& into, Parse parse) const {
    return {key, [=, this, &into](const YamlNode& node) {
              into.emplace();
              for (const YamlNode& item : yaml_.list(node, key, like)) {
                into->push_back(value(item, key, like, parse));
              }
            }};
  }

  /// A key of a list of names; each is read by itself first, so that an error has its line.
  template <class Into, class ParseList>
  YamlKey names(std::string_view key, std::string_view like, Into& into, ParseList parse) const {
    return {key, [=, this, &into](const YamlNode& node) {
              std::string all;
              for (const YamlNode& item : yaml_.list(node, key, like)) {
                static_cast<void>(value(item, key, like, parse));
                if (!all.empty()) all += ',';
                all += item.text;
              }
              into = parse(all);
            }};
  }

  // ---- keys with keys of their own

  void conversations(const YamlNode& node) {
    for (const YamlNode& item :
         yaml_.list(node, "conversations", "a line \"- say: [order, yes]\" for each")) {
      conversation(item);
    }
  }

  void conversation(const YamlNode& node) {
    std::string name;
    PairIndex pair;
    std::optional<Channel> channel;
    std::optional<std::string> country;
    const YamlNode* say = nullptr;
    yaml_.keys(
        node, "a conversation",
        {{"say", [&](const YamlNode& item) { say = &item; }},
         {"name", [&](const YamlNode& item) { name = yaml_.text(item, "name", "order a pizza"); }},
         {"pair", [&](const YamlNode& item) { pair = pair_of(item); }},
         one("channel", "whatsapp", channel, parse_channel),
         one("country", "GB", country, checked_country)});
    if (say == nullptr) {
      yaml_.fail(node.line, "a conversation needs its messages, as in say: [order, \"yes\"]");
    }
    add_script(*say, name, pair);
    search::Script& script = wishes_.scripts->back();
    script.line = node.line;
    script.own_channel = channel.has_value();
    script.own_country = country.has_value();
    for (Message& message : script.messages) {
      message.from.channel = channel.value_or(message.from.channel);
      message.from.country = country.value_or(message.from.country);
    }
  }

  /// The pair is that of messages which name none of their own.
  void add_script(const YamlNode& say, const std::string& name, PairIndex pair) {
    search::Script script{name, {}};
    Instant at;
    for (const YamlNode& item : yaml_.list(say, "say", kTexts)) {
      Message message{pair, {}, {}};
      Duration after = script.messages.empty() ? Duration(0) : search::kDefaultGap;
      if (item.kind == YamlNode::Kind::map) {
        read_message(item, message, after);
      } else {
        message.body = value(item, "a message", "order, or {text: order, after: 5s}", checked_body);
      }
      at += after;
      message.at = at;
      script.messages.push_back(std::move(message));
    }
    if (!wishes_.scripts) wishes_.scripts.emplace();
    wishes_.scripts->push_back(std::move(script));
  }

  void read_message(const YamlNode& node, Message& message, Duration& after) const {
    std::optional<std::string> body;
    yaml_.keys(node, "a message",
               {one("text", "order", body, checked_body),
                one("after", "5s", after, parse_duration),
                {"media", [&](const YamlNode& item) { read_media(item, message); }},
                {"parameters", [&](const YamlNode& item) { read_parameters(item, message); }},
                {"pair", [&](const YamlNode& item) { message.pair = pair_of(item); }}});
    const bool has_content = body || !message.media.empty();
    if (!has_content) {
      yaml_.fail(node.line, "a message needs its text, as in {text: order, after: 5s}");
    }
    message.body = body.value_or("");
  }

  /// One content type, or a list of them.
  void read_media(const YamlNode& node, Message& message) const {
    constexpr std::string_view kLike = "[image/jpeg, audio/ogg]";
    if (node.kind == YamlNode::Kind::text) {
      message.media.push_back(value(node, "media", kLike, checked_media_type));
      return;
    }
    for (const YamlNode& item : yaml_.list(node, "media", kLike)) {
      message.media.push_back(value(item, "media", kLike, checked_media_type));
    }
    constexpr std::size_t kMost = 10;
    if (message.media.size() > kMost) {
      yaml_.fail(node.line, fmt::format("a message has at most {} media", kMost));
    }
  }

  /// Further parameters of the webhook, or other values of those that it has.
  void read_parameters(const YamlNode& node, Message& message) const {
    if (node.kind != YamlNode::Kind::map) {
      yaml_.fail(node.line, "parameters are written like {ButtonText: Cancel}");
    }
    for (const YamlEntry& entry : node.entries) {
      message.extra.push_back({entry.key, yaml_.text(entry.value, entry.key, "Cancel")});
    }
  }

  [[nodiscard]] PairIndex pair_of(const YamlNode& node) const {
    return PairIndex(static_cast<std::uint32_t>(value(node, "pair", "1", whole(kPairs))));
  }

  void webhook(const YamlNode& node) {
    yaml_.keys(node, "webhook",
               {one("method", "POST", wishes_.method, checked_method),
                url("fallback", "http://127.0.0.1:3000/fallback", wishes_.fallback, checked_url),
                one("overrides", "\"rc=2&rp=all\"", wishes_.overrides, checked_overrides),
                one("messaging-service", "MG0123456789abcdef0123456789abcdef",
                    wishes_.messaging_service, checked_service_sid),
                {"opt-out", [this](const YamlNode& item) { opt_out(item); }}});
  }

  void opt_out(const YamlNode& node) {
    const std::string& kind = yaml_.text(node, "opt-out", "advanced");
    if (kind != "advanced" && kind != "default") {
      yaml_.fail(node.line, fmt::format("opt-out: {:?} is neither advanced nor default", kind));
    }
    wishes_.advanced_opt_out = kind == "advanced";
  }

  YamlReader yaml_;
  Wishes wishes_;
};

}  // namespace

Wishes parse_scenario(const std::string& text, std::string_view path) {
  return ScenarioReader(path).read(read_yaml(text, path));
}

}  // namespace crumbproof::cli
