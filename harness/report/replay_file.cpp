#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/json.hpp>
#include <crumbproof/twilio/countries.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;
using properties::Difference;
using properties::DifferenceKind;

constexpr std::string_view kSchema = "crumbproof.replay/";
constexpr std::string_view kSchemaVersion = "1";
constexpr const char* kAuthToken = "auth-token";
constexpr std::size_t kLongestComplaint = 300;

constexpr std::array kDifferenceKinds{
    std::pair{DifferenceKind::reply, "reply"},     std::pair{DifferenceKind::crash, "crash"},
    std::pair{DifferenceKind::endless, "endless"}, std::pair{DifferenceKind::probe, "probe"},
    std::pair{DifferenceKind::refused, "refused"}, std::pair{DifferenceKind::accepted, "accepted"}};

std::string name_of(DifferenceKind kind) {
  return std::ranges::find(kDifferenceKinds, kind, [](const auto& known) { return known.first; })
      ->second;
}

Json to_json(const Difference& difference) {
  return {{"kind", name_of(difference.kind)},
          {"delivery", difference.delivery.value()},
          {"message", difference.message.value()},
          {"expected", difference.expected},
          {"actual", difference.actual}};
}

// ---- reading

const Json& at(const Json& json, const char* key) {
  if (!json.is_object()) throw BadInput("an object is expected");
  const auto found = json.find(key);
  if (found == json.end()) throw BadInput(fmt::format("the key \"{}\" is missing", key));
  return *found;
}

std::string text_at(const Json& json, const char* key) {
  const Json& value = at(json, key);
  if (!value.is_string()) {
    throw BadInput(fmt::format("the key \"{}\" has to be a text, not {}", key, value.dump()));
  }
  return value.get<std::string>();
}

std::uint64_t number_at(const Json& json, const char* key, std::uint64_t largest) {
  const Json& value = at(json, key);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > largest) {
    throw BadInput(
        fmt::format("the key \"{}\" has to be a whole number, not {}", key, value.dump()));
  }
  return value.get<std::uint64_t>();
}

std::map<std::string, std::string> options_at(const Json& json, const char* key) {
  const Json& object = at(json, key);
  if (!object.is_object()) {
    throw BadInput(fmt::format("the key \"{}\" has to be an object of texts", key));
  }
  std::map<std::string, std::string> options;
  for (const auto& [name, value] : object.items()) {
    options[name] = text_at(object, name.c_str());
  }
  if (options.contains(kAuthToken)) {
    throw BadInput(
        "an auth token must not stand in a replay file; take it out and give it in "
        "TWILIO_AUTH_TOKEN");
  }
  return options;
}

std::vector<std::string> texts_at(const Json& json, const char* key) {
  const Json& value = at(json, key);
  const auto is_text = [](const Json& entry) { return entry.is_string(); };
  if (!value.is_array() || !std::ranges::all_of(value, is_text)) {
    throw BadInput(fmt::format("the key \"{}\" has to be a list of texts", key));
  }
  return value.get<std::vector<std::string>>();
}

Difference difference_from_json(const Json& json) {
  constexpr std::uint32_t kMost = 1'000'000'000;
  const auto number = [&](const char* key) {
    return static_cast<std::uint32_t>(number_at(json, key, kMost));
  };
  const std::string kind = text_at(json, "kind");
  const auto* const known =
      std::ranges::find(kDifferenceKinds, kind, [](const auto& entry) { return entry.second; });
  if (known == kDifferenceKinds.end()) {
    throw BadInput(fmt::format(
        "\"{}\" is no kind of difference; there are reply, crash, endless and probe", kind));
  }
  return {known->first, DeliveryNumber(number("delivery")), MessageIndex(number("message")),
          text_at(json, "expected"), text_at(json, "actual")};
}

/// Reads the part of the file at `key`, so that a complaint says where in the file it is.
template <class Read>
auto part(const Json& json, const char* key, Read read) {
  const Json& value = at(json, key);
  try {
    return read(value);
  } catch (const BadInput& bad) {
    throw BadInput(fmt::format("in \"{}\": {}", key, bad.what()));
  }
}

void must_be_known(const Schedule& schedule) {
  for (const Fault& fault : schedule.faults) {
    if (faults::find(fault.kind) != nullptr) continue;
    faults::parse_list(fault.kind);  // names the nearest one, or says that it is promised
    throw BadInput(fmt::format("there is no fault \"{}\"", fault.kind));
  }
}

void must_be_known(const std::vector<Message>& messages) {
  for (const Message& message : messages) {
    if (twilio::find_country(message.from.country) == nullptr) {
      throw BadInput(
          fmt::format("no senders of the country \"{}\" are known", message.from.country));
    }
  }
}

void must_be_known(const std::string& property) {
  if (properties::find(property) != nullptr) return;
  properties::parse_list(property);
  throw BadInput(fmt::format("there is no property \"{}\"", property));
}

/// What a report would look up in the schedule has to be in it.
void must_belong_to(const Trace& trace, std::size_t messages) {
  const auto complain = [&](MessageIndex message) {
    throw BadInput(fmt::format("message {} is none of the schedule's, which are 0 to {}",
                               message.value(), messages - 1));
  };
  for (const Delivery& delivery : trace.deliveries) {
    if (delivery.message.index() >= messages) complain(delivery.message);
  }
  for (const Outcome& outcome : trace.outcomes) {
    if (outcome.message.index() >= messages) complain(outcome.message);
  }
}

void check_schema(const Json& json) {
  const auto found = json.is_object() ? json.find("schema") : json.end();
  if (found == json.end() || !found->is_string() ||
      !found->get_ref<const std::string&>().starts_with(kSchema)) {
    throw BadInput(fmt::format(" is no replay file: its key \"schema\" has to be \"{}{}\"", kSchema,
                               kSchemaVersion));
  }
  const std::string version = found->get_ref<const std::string&>().substr(kSchema.size());
  if (version != kSchemaVersion) {
    throw BadInput(fmt::format(" is a replay file of version {}; this crumbproof reads version {}",
                               version, kSchemaVersion));
  }
}

ReplayFile from_json(const Json& json) {
  ReplayFile file;
  file.version = text_at(json, "version");
  file.seed = number_at(json, "seed", UINT64_MAX);
  file.run_id = text_at(json, "run_id");
  file.target = text_at(json, "target");
  file.options = options_at(json, "options");

  search::Recorded& recorded = file.recorded;
  recorded.property = text_at(json, "property");
  must_be_known(recorded.property);
  recorded.ignore = texts_at(json, "ignore");
  recorded.schedule = part(json, "schedule", [](const Json& value) {
    Schedule schedule = schedule_from_json(value);
    if (schedule.messages.empty()) throw BadInput("there has to be a message at least");
    must_be_known(schedule);
    must_be_known(schedule.messages);
    return schedule;
  });
  recorded.difference = part(json, "difference", difference_from_json);
  const auto read_trace = [&](const Json& value) {
    Trace trace = trace_from_json(value);
    must_belong_to(trace, recorded.schedule.messages.size());
    return trace;
  };
  recorded.actual = part(json, "actual", read_trace);
  recorded.expected = part(json, "expected", read_trace);
  return file;
}

std::string position(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte > 0 ? byte - 1 : 0);
  const auto lines = std::ranges::count(before, '\n');
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", lines + 1, before.size() - line_begin + 1);
}

/// One line, and not as long as the value that it quotes might be.
std::string shortened(const std::string& complaint) {
  if (complaint.size() <= kLongestComplaint) return harmless(complaint);
  return harmless(complaint.substr(0, kLongestComplaint)) + "...";
}

}  // namespace

std::string write_replay_file(const ReplayFile& file) {
  const search::Recorded& recorded = file.recorded;
  Json json = {{"schema", fmt::format("{}{}", kSchema, kSchemaVersion)},
               {"version", file.version},
               {"seed", file.seed},
               {"run_id", file.run_id},
               {"target", file.target},
               {"options", Json::object()},
               {"property", recorded.property},
               {"ignore", Json::array()},
               {"schedule", crumbproof::to_json(recorded.schedule)},
               {"difference", to_json(recorded.difference)},
               {"actual", crumbproof::to_json(recorded.actual)},
               {"expected", crumbproof::to_json(recorded.expected)}};
  for (const auto& [name, value] : file.options) {
    if (name != kAuthToken) json["options"][name] = value;
  }
  for (const std::string& pattern : recorded.ignore) json["ignore"].push_back(pattern);
  constexpr int kIndent = 2;
  return json.dump(kIndent, ' ', false, Json::error_handler_t::replace) + '\n';
}

ReplayFile read_replay_file(std::string_view text, const std::string& path) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw BadInput(
        fmt::format("{} is no JSON at {}; a file that crumbproof has saved (--save) is expected",
                    path, position(text, error.byte)));
  }
  try {
    check_schema(json);
  } catch (const BadInput& bad) {
    throw BadInput(path + shortened(bad.what()));
  }
  try {
    return from_json(json);
  } catch (const BadInput& bad) {
    throw BadInput(fmt::format("{}: {}", path, shortened(bad.what())));
  }
}

}  // namespace crumbproof::report
