#include <crumbproof/report/bytes.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/record_json.hpp>
#include <crumbproof/report/shaping_options.hpp>
#include <crumbproof/sim/json.hpp>

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(search::Strategy strategy) {
  switch (strategy) {
    case search::Strategy::exhaustive:
      return "exhaustive";
    case search::Strategy::random:
      return "random";
    case search::Strategy::automatic:
      break;
  }
  return "auto";
}

/// In parts, since it may hold names in braces, as {From}, that a URL may not.
Json to_json(const twilio::Url& url) {
  Json json{{"scheme", url.scheme}, {"host", text_of_bytes(url.host)},
            {"port", nullptr},      {"path", text_of_bytes(url.path)},
            {"query", nullptr},     {"fragment", text_of_bytes(url.fragment)}};
  if (url.port) json["port"] = *url.port;
  if (url.has_query) json["query"] = text_of_bytes(url.query);
  return json;
}

/// What most answers do not have is left out.
Json to_json(const run::SeenAnswer& seen) {
  Json json{{"answer", crumbproof::to_json(seen.answer)}};
  if (!seen.messages.empty()) json["messages"] = crumbproof::to_json(seen.messages);
  if (seen.next) {
    json["next"] = to_json(seen.next->url);
    json["next"]["method"] = text_of_bytes(seen.next->method);
    json["next"]["by_http"] = seen.next->by_http;
  }
  if (seen.failure != twilio::Failure::none) json["failure"] = static_cast<int>(seen.failure);
  if (seen.why != target::Unreachable::other) json["why"] = static_cast<int>(seen.why);
  for (const twilio::Field& field : seen.cookies.fields()) {
    json["cookies"].push_back({text_of_bytes(field.name), text_of_bytes(field.value)});
  }
  if (!seen.cookie_values.empty()) json["cookie_values"] = seen.cookie_values;
  if (!seen.warnings.empty()) json["warnings"] = seen.warnings;
  if (!seen.sent.empty()) json["sent"] = crumbproof::to_json(seen.sent);
  return json;
}

/// Each request as in `b0532e84b7ca4932:3:812`: what was asked, which answer came, and how long it
/// took in microseconds.
Json to_json(const run::Record::Execution& execution) {
  std::string entries;
  for (const auto& entry : execution.entries) {
    entries += fmt::format("{}{:016x}:{}:{}", entries.empty() ? "" : " ", entry.key, entry.answer,
                           entry.took_us);
  }
  Json json{{"id", fmt::format("{:016x}", execution.id)}, {"requests", std::move(entries)}};
  if (execution.deliveries != execution.entries.size()) json["deliveries"] = execution.deliveries;
  if (execution.probe) json["probe"] = *execution.probe;
  if (!execution.warnings.empty()) json["warnings"] = execution.warnings;
  return json;
}

/// The user of a URL may be a password, and has to be known to go on.
bool has_secret(const run::SeenAnswer& seen) {
  return seen.next && !seen.next->url.userinfo.empty();
}

}  // namespace

Json search_json(const search::CheckSettings& settings, const RunInfo& info) {
  Json json{{"version", info.version},
            {"seed", settings.seed},
            {"strategy", std::string(name_of(settings.strategy))},
            {"budget", settings.budget},
            {"overlap_tries", settings.overlap_tries},
            {"keep_going", settings.keep_going},
            {"shard", nullptr},
            {"url", url_of_app(info.options, info.target)}};
  if (settings.shard)
    json["shard"] = fmt::format("{}/{}", settings.shard->index, settings.shard->of);
  json.update(searched_json(search::searched_by(settings)));
  for (const auto& [name, value] : shaping_options(info.options, info.target)) {
    json["option " + name] = value;
  }
  make_valid(json);
  return json;
}

Json record_json(const Resumable& resumable) {
  const run::Record& record = resumable.record;
  Json json{
      {"search", resumable.search}, {"answers", Json::array()}, {"executions", Json::array()}};
  std::size_t sound = 0;
  for (; sound < record.pool().size(); ++sound) {
    const run::SeenAnswer& seen = *record.pool().at(static_cast<run::AnswerPool::Index>(sound));
    if (has_secret(seen)) break;
    json["answers"].push_back(to_json(seen));
  }
  for (const run::Record::Execution& execution : record.executions()) {
    const bool complete = std::ranges::all_of(
        execution.entries, [&](const auto& entry) { return entry.answer < sound; });
    if (!complete) break;  // from here on the app is asked again
    json["executions"].push_back(to_json(execution));
  }
  return json;
}

}  // namespace crumbproof::report
