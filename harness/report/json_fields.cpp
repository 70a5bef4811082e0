#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/twilio/countries.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

constexpr std::size_t kLongestComplaint = 300;

/// `byte` counts from 1.
std::string position(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte - 1);
  const auto lines = std::ranges::count(before, '\n');
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", lines + 1, before.size() - line_begin + 1);
}

/// The parser takes any depth, but what comes of it is written and compared by functions that call
/// themselves; a file of brackets alone would use up the stack. What is no JSON is left to the
/// parser.
void check_depth(std::string_view text, const std::string& path) {
  constexpr std::size_t kDeepest = 100;
  std::size_t depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == ']' || c == '}') {
      depth -= depth > 0 ? 1 : 0;
    } else if ((c == '[' || c == '{') && ++depth > kDeepest) {
      throw BadInput(
          fmt::format("{} has lists or objects {} deep in each other at {}; no file of "
                      "crumbproof's has",
                      path, depth, position(text, i + 1)));
    }
  }
}

/// So that it is known which crumbproof can read it.
std::string written_by(const nlohmann::ordered_json& json) {
  const auto found = json.find("version");
  if (found == json.end() || !found->is_string()) return "";
  return fmt::format(", written by crumbproof {}", shortened(found->get<std::string>()));
}

}  // namespace

nlohmann::ordered_json parse_json(std::string_view text, const std::string& path,
                                  std::string_view expected) {
  check_depth(text, path);
  try {
    return nlohmann::ordered_json::parse(text);
  } catch (const nlohmann::ordered_json::parse_error& error) {
    throw BadInput(fmt::format("{} is no JSON at {}; {} is expected", path,
                               position(text, error.byte), expected));
  } catch (const nlohmann::ordered_json::out_of_range&) {
    throw BadInput(
        fmt::format("{} has a number that is too large for any file of crumbproof's; {} "
                    "is expected",
                    path, expected));
  }
}

void check_schema(const nlohmann::ordered_json& json, const std::string& path,
                  const Schema& schema) {
  const auto found = json.is_object() ? json.find("schema") : json.end();
  if (found == json.end() || !found->is_string() ||
      !found->get_ref<const std::string&>().starts_with(schema.prefix)) {
    throw BadInput(fmt::format("{} is no {}: its key \"schema\" has to be \"{}{}\"", path,
                               schema.what, schema.prefix, schema.version));
  }
  const std::string version = found->get_ref<const std::string&>().substr(schema.prefix.size());
  if (version != schema.version) {
    throw BadInput(fmt::format("{} is a {} of version {}{}; this crumbproof reads version {}", path,
                               schema.what, shortened(version), written_by(json), schema.version));
  }
}

const nlohmann::ordered_json& at(const nlohmann::ordered_json& json, const char* key) {
  if (!json.is_object()) throw BadInput("an object is expected");
  const auto found = json.find(key);
  if (found == json.end()) throw BadInput(fmt::format("the key \"{}\" is missing", key));
  return *found;
}

const nlohmann::ordered_json& list_at(const nlohmann::ordered_json& json, const char* key) {
  const nlohmann::ordered_json& value = at(json, key);
  if (!value.is_array()) throw BadInput(fmt::format("the key \"{}\" has to be a list", key));
  return value;
}

std::string text_at(const nlohmann::ordered_json& json, const char* key) {
  const nlohmann::ordered_json& value = at(json, key);
  if (!value.is_string()) {
    throw BadInput(fmt::format("the key \"{}\" has to be a text, not {}", key, value.dump()));
  }
  return value.get<std::string>();
}

bool flag_at(const nlohmann::ordered_json& json, const char* key) {
  const nlohmann::ordered_json& value = at(json, key);
  if (!value.is_boolean()) {
    throw BadInput(
        fmt::format("the key \"{}\" has to be true or false, not {}", key, value.dump()));
  }
  return value.get<bool>();
}

std::uint64_t number_at(const nlohmann::ordered_json& json, const char* key,
                        std::uint64_t largest) {
  const nlohmann::ordered_json& value = at(json, key);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > largest) {
    throw BadInput(
        fmt::format("the key \"{}\" has to be a whole number, not {}", key, value.dump()));
  }
  return value.get<std::uint64_t>();
}

std::vector<std::string> texts_at(const nlohmann::ordered_json& json, const char* key) {
  const nlohmann::ordered_json& value = at(json, key);
  const auto is_text = [](const nlohmann::ordered_json& entry) { return entry.is_string(); };
  if (!value.is_array() || !std::ranges::all_of(value, is_text)) {
    throw BadInput(fmt::format("the key \"{}\" has to be a list of texts", key));
  }
  return value.get<std::vector<std::string>>();
}

std::map<std::string, std::string> options_at(const nlohmann::ordered_json& json, const char* key,
                                              std::string_view file) {
  const nlohmann::ordered_json& object = at(json, key);
  if (!object.is_object()) {
    throw BadInput(fmt::format("the key \"{}\" has to be an object of texts", key));
  }
  std::map<std::string, std::string> options;
  for (const auto& [name, value] : object.items()) {
    options[name] = text_at(object, name.c_str());
  }
  if (options.contains(kAuthToken)) {
    throw BadInput(fmt::format(
        "an auth token must not stand in {}; take it out and give it in TWILIO_AUTH_TOKEN", file));
  }
  return options;
}

void check_countries(std::span<const Message> messages) {
  for (const Message& message : messages) {
    if (twilio::find_country(message.from.country) == nullptr) {
      throw BadInput(
          fmt::format("no senders of the country \"{}\" are known", message.from.country));
    }
  }
}

std::string shortened(const std::string& complaint) {
  if (complaint.size() <= kLongestComplaint) return harmless(complaint);
  return harmless(complaint.substr(0, kLongestComplaint)) + "...";
}

void make_valid(nlohmann::ordered_json& json) {
  if (json.is_string()) {
    json = twilio::valid_utf8(json.get_ref<const std::string&>());
  } else if (json.is_structured()) {
    for (nlohmann::ordered_json& part : json) make_valid(part);
  }
}

}  // namespace crumbproof::report
