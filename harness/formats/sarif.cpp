#include <crumbproof/formats/counterexample.hpp>
#include <crumbproof/formats/place.hpp>
#include <crumbproof/formats/sarif.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::formats {

namespace {

using Json = nlohmann::ordered_json;
using search::CheckResult;
using search::Counterexample;
using search::Verdict;

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

Json message(const std::string& text) { return {{"text", text}}; }

Json rule(const search::PropertyVerdict& verdict) {
  Json rule{{"id", verdict.name}};
  const properties::Property* const property = properties::find(verdict.name);
  if (property == nullptr) return rule;
  rule["shortDescription"] = message(std::string(property->accusation()));
  rule["fullDescription"] = message(std::string(property->summary()));
  rule["help"] = message(std::string(property->remedy()));
  rule["defaultConfiguration"] = {{"level", "error"}};
  return rule;
}

/// A URI reference of a path: what it may not hold is percent-encoded (RFC 3986 section 3.3).
std::string uri_of(const std::string& path) {
  constexpr std::string_view kAllowed = "-._~!$&'()*+,;=@/";
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (plain || kAllowed.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

Json location(const Place& place) {
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", uri_of(place.file)}}},
            {"region", {{"startLine", place.line}}}}}};
}

/// One step for each delivery.
Json code_flow(const Counterexample& found, const Place& place) {
  Json steps = Json::array();
  for (const Delivery& delivery : found.actual.deliveries) {
    const auto& messages = found.schedule.messages;
    std::string text = fmt::format("delivery {}", delivery.number.value());
    if (delivery.message.index() < messages.size()) {
      text += fmt::format(": \"{}\"", messages[delivery.message.index()].body);
    }
    for (const std::string& fault : delivery.faults) text += fmt::format(", {}", fault);
    if (delivery.number == found.difference.delivery) {
      text +=
          fmt::format("; expected {}, got {}", found.difference.expected, found.difference.actual);
    }
    Json step = location(place);
    step["message"] = message(text);
    steps.push_back({{"location", std::move(step)}});
  }
  Json flow = Json::array();
  flow.push_back({{"locations", std::move(steps)}});
  return flow;
}

/// Equal for the same failure of the same property, so that code scanning knows it again.
std::string fingerprint(const Counterexample& found) {
  Hasher hash;
  hash.add(found.property).add(to_string(found.schedule));
  return fmt::format("{:016x}", hash.value());
}

Json finding(const Counterexample& found, std::size_t rule, const CheckResult& result,
             const report::RunInfo& info) {
  const std::string file =
      info.replay_file.empty() ? std::string("crumbproof-failure.json") : info.replay_file;
  const Place place = place_of(found, info).value_or(Place{file, 1});
  Json json{
      {"ruleId", found.property},
      {"ruleIndex", rule},
      {"level", "error"},
      {"message",
       {{"text", fmt::format("{}: {}. {}", report::accusation(found.property),
                             to_string(found.schedule), found.cause)},
        {"markdown", fmt::format("```\n{}\n```", counterexample_text(found, result, info))}}}};
  json["locations"] = Json::array({location(place)});
  json["partialFingerprints"] = {{"schedule/v1", fingerprint(found)}};
  json["codeFlows"] = Json::array();
  json["codeFlows"].push_back({{"threadFlows", code_flow(found, place)}});
  return json;
}

Json notifications(const CheckResult& result) {
  Json list = Json::array();
  if (!result.reason.empty()) {
    const bool error = result.verdict == Verdict::error;
    list.push_back({{"level", error ? "error" : "warning"}, {"message", message(result.reason)}});
  }
  for (const std::string& warning : result.warnings) {
    list.push_back({{"level", "note"}, {"message", message(warning)}});
  }
  return list;
}

}  // namespace

std::string sarif(const CheckResult& result, const report::RunInfo& info) {
  Json rules = Json::array();
  for (const search::PropertyVerdict& property : result.properties) {
    rules.push_back(rule(property));
  }
  Json results = Json::array();
  for (const Counterexample& found : result.counterexamples) {
    const auto property =
        std::ranges::find(result.properties, found.property, &search::PropertyVerdict::name);
    const auto index = static_cast<std::size_t>(property - result.properties.begin());
    results.push_back(finding(found, index, result, info));
  }
  const bool judged = result.verdict == Verdict::pass || result.verdict == Verdict::fail;
  Json invocation{{"executionSuccessful", judged}, {"commandLine", info.command}};
  invocation["toolExecutionNotifications"] = notifications(result);
  Json run{{"tool",
            {{"driver",
              {{"name", "crumbproof"}, {"semanticVersion", info.version}, {"rules", rules}}}}}};
  run["invocations"] = Json::array({std::move(invocation)});
  run["results"] = std::move(results);
  run["columnKind"] = "utf16CodeUnits";
  Json log{{"$schema", kSchema}, {"version", "2.1.0"}};
  log["runs"] = Json::array({std::move(run)});
  constexpr int kIndent = 2;
  return log.dump(kIndent, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace crumbproof::formats
