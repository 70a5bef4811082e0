#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/json.hpp>

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

void must_be_known(const Schedule& schedule) {
  for (const Fault& fault : schedule.faults) {
    if (faults::find(fault.kind) != nullptr) continue;
    faults::parse_list(fault.kind);  // names the nearest one, or says that it is promised
    throw BadInput(fmt::format("there is no fault \"{}\"", fault.kind));
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

ReplayFile from_json(const Json& json) {
  ReplayFile file;
  file.version = text_at(json, "version");
  file.seed = number_at(json, "seed", UINT64_MAX);
  file.run_id = text_at(json, "run_id");
  file.target = text_at(json, "target");
  file.options = options_at(json, "options", "a replay file");

  search::Recorded& recorded = file.recorded;
  recorded.property = text_at(json, "property");
  must_be_known(recorded.property);
  recorded.ignore = texts_at(json, "ignore");
  recorded.schedule = part(json, "schedule", [](const Json& value) {
    Schedule schedule = schedule_from_json(value);
    if (schedule.messages.empty()) throw BadInput("there has to be a message at least");
    must_be_known(schedule);
    check_countries(schedule.messages);
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
  const Json json = parse_json(text, path, "a file that crumbproof has saved (--save)");
  check_schema(json, path, {"replay file", kSchema, kSchemaVersion});
  try {
    return from_json(json);
  } catch (const BadInput& bad) {
    throw BadInput(fmt::format("{}: {}", path, shortened(bad.what())));
  }
}

}  // namespace crumbproof::report
