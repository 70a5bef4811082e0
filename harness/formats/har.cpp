#include <crumbproof/formats/har.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::formats {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr int kUnknown = -1;  ///< as HAR says it

/// As `1970-01-01T00:00:07.050Z`.
std::string date_of(Instant at) {
  using namespace std::chrono;
  const auto since = duration_cast<milliseconds>(at - Instant{});
  const sys_days day{floor<days>(since)};
  const hh_mm_ss time{since - floor<days>(since)};
  const year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

Json pair(std::string_view name, std::string_view value) {
  return {{"name", name}, {"value", value}};
}

Json headers_of(const std::vector<twilio::Field>& fields) {
  Json headers = Json::array();
  for (const twilio::Field& field : fields) {
    const bool secret = twilio::lower_case(field.name) == "authorization";
    headers.push_back(pair(field.name, secret ? "(not shown)" : std::string_view(field.value)));
  }
  return headers;
}

/// `name=value` up to the first attribute, which is cut off.
Json cookie_of(std::string_view text) {
  text = text.substr(0, text.find(';'));
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return pair("", text);
  return pair(text.substr(0, equals), text.substr(equals + 1));
}

Json cookies_sent(const twilio::Request& request) {
  Json cookies = Json::array();
  const auto header = twilio::find_header(request.headers, "Cookie");
  if (!header) return cookies;
  std::string_view rest = *header;
  while (!rest.empty()) {
    const std::size_t end = rest.find("; ");
    cookies.push_back(cookie_of(rest.substr(0, end)));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  }
  return cookies;
}

Json cookies_set(const twilio::Response& response) {
  Json cookies = Json::array();
  for (const twilio::Field& field : response.headers) {
    if (twilio::lower_case(field.name) == "set-cookie") cookies.push_back(cookie_of(field.value));
  }
  return cookies;
}

Json request_of(const twilio::Request& request) {
  Json json{{"method", request.method}, {"url", request.url}, {"httpVersion", "HTTP/1.1"}};
  json["cookies"] = cookies_sent(request);
  json["headers"] = headers_of(request.headers);
  json["queryString"] = Json::array();
  const bool has_body = request.method == "POST";
  if (!has_body) {
    for (const twilio::Field& parameter : request.parameters) {
      json["queryString"].push_back(pair(parameter.name, parameter.value));
    }
  }
  const std::string body = request.body();
  if (has_body) {
    const auto type = twilio::find_header(request.headers, "Content-Type");
    Json parameters = Json::array();
    for (const twilio::Field& parameter : request.parameters) {
      parameters.push_back(pair(parameter.name, parameter.value));
    }
    json["postData"] = {
        {"mimeType", type.value_or(kForm)}, {"params", std::move(parameters)}, {"text", body}};
  }
  json["headersSize"] = kUnknown;
  json["bodySize"] = body.size();
  return json;
}

std::string_view header_or_nothing(const twilio::Response& response, std::string_view name) {
  return twilio::find_header(response.headers, name).value_or("");
}

/// Status 0 is what browsers write where no answer came.
Json response_of(const target::Exchange& exchange) {
  const bool answered = exchange.ending == target::Ending::answered;
  const twilio::Response none{.status = 0, .headers = {}, .body = {}};
  const twilio::Response& response = answered ? exchange.response : none;
  Json json{{"status", response.status}, {"statusText", ""}, {"httpVersion", "HTTP/1.1"}};
  json["cookies"] = cookies_set(response);
  json["headers"] = headers_of(response.headers);
  json["content"] = {{"size", response.body.size()},
                     {"mimeType", header_or_nothing(response, "Content-Type")},
                     {"text", response.body}};
  json["redirectURL"] = header_or_nothing(response, "Location");
  json["headersSize"] = kUnknown;
  json["bodySize"] = answered ? static_cast<int>(response.body.size()) : kUnknown;
  if (!answered) json["_error"] = exchange.detail;
  return json;
}

std::string comment_on(DeliveryNumber number, const search::Counterexample& found) {
  const auto& deliveries = found.shown->trace.deliveries;
  const auto delivery = std::ranges::find(deliveries, number, &Delivery::number);
  if (delivery == deliveries.end()) return "probe";
  std::string text = fmt::format("delivery {}", number.value());
  for (const std::string& kind : delivery->faults) {
    const auto fault = std::ranges::find(found.schedule.faults, kind, &Fault::kind);
    const Fault* const known = fault == found.schedule.faults.end() ? nullptr : &*fault;
    text += fmt::format("; {}: {}", kind, report::what_happened(kind, known));
  }
  if (number == found.difference.delivery) {
    text += fmt::format("; expected {}", found.difference.expected);
  }
  return text;
}

Json entry_of(const run::LoggedExchange& wire, Instant at, const search::Counterexample& found) {
  const double took =
      std::chrono::duration<double, std::milli>(std::max(wire.exchange.took, {})).count();
  Json json{{"pageref", "counterexample"}, {"startedDateTime", date_of(at)}, {"time", took}};
  json["request"] = request_of(wire.request);
  json["response"] = response_of(wire.exchange);
  json["cache"] = Json::object();
  json["timings"] = {{"send", 0}, {"wait", took}, {"receive", 0}};
  json["comment"] = comment_on(wire.number, found);
  return json;
}

}  // namespace

std::string har(const search::CheckResult& result, const report::RunInfo& info) {
  Json pages = Json::array();
  Json entries = Json::array();
  if (!result.counterexamples.empty() && result.counterexamples.front().shown) {
    const search::Counterexample& found = result.counterexamples.front();
    pages.push_back({{"startedDateTime", date_of({})},
                     {"id", "counterexample"},
                     {"title", fmt::format("{}: {}", found.property, to_string(found.schedule))},
                     {"pageTimings", Json::object()}});
    Instant at;
    for (const run::LoggedExchange& wire : found.shown->log) {
      // Probes come after all else.
      at = std::max(at, wire.at);
      entries.push_back(entry_of(wire, at, found));
    }
  }
  Json log{{"version", "1.2"}, {"creator", {{"name", "crumbproof"}, {"version", info.version}}}};
  log["pages"] = std::move(pages);
  log["entries"] = std::move(entries);
  constexpr int kIndent = 2;
  return Json{{"log", std::move(log)}}.dump(kIndent, ' ', false, Json::error_handler_t::replace) +
         '\n';
}

}  // namespace crumbproof::formats
