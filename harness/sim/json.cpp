#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/json.hpp>

#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof {

namespace {

using Json = nlohmann::ordered_json;

double seconds(Instant at) { return std::chrono::duration<double>(at.time_since_epoch()).count(); }

Json optional_seconds(const std::optional<Instant>& at) { return at ? Json(seconds(*at)) : Json(); }

/// What most messages do not have is left out.
Json to_json(const ReplyMessage& message) {
  Json json{
      {"to", message.to}, {"from", message.from}, {"body", message.body}, {"media", message.media}};
  if (!message.status_callback.empty()) json["status_callback"] = message.status_callback;
  if (message.error_code != 0) json["error_code"] = message.error_code;
  return json;
}

Json to_json(const Delivery& delivery) {
  Json cookies = Json::array();
  for (const CookieSent& cookie : delivery.cookies) {
    cookies.push_back({{"name", cookie.name}, {"set_by", cookie.set_by.value()}});
  }
  Json json{{"delivery", delivery.number.value()},
            {"message", delivery.message.value()},
            {"pair", delivery.pair.value()},
            {"kind", std::string(to_string(delivery.kind))},
            {"method", delivery.method.str()},
            {"url", delivery.url.str()},
            {"cookies", cookies},
            {"faults", delivery.faults},
            {"triggered_s", seconds(delivery.triggered)},
            {"arrived_s", seconds(delivery.arrived)},
            {"answered_s", optional_seconds(delivery.answered)},
            {"received_s", optional_seconds(delivery.received)},
            {"answer", to_json(*delivery.answer)}};
  if (!delivery.sent.empty()) json["sent"] = to_json(delivery.sent);
  if (!delivery.news.empty()) json["news"] = delivery.news;
  return json;
}

Json to_json(const Outcome& outcome) {
  return {{"message", outcome.message.value()},    {"duplicate", outcome.duplicate},
          {"last_delivery", outcome.last.value()}, {"status_class", outcome.status_class},
          {"error_code", outcome.error_code},      {"problem", outcome.problem},
          {"messages", to_json(outcome.messages)}};
}

/// Nothing for a fraction, and for what 64 bits with a sign do not hold. (get() would convert both,
/// and true as well.)
std::optional<std::int64_t> whole_number(const Json& json) {
  if (!json.is_number_integer()) return std::nullopt;
  if (json.is_number_unsigned() && !std::in_range<std::int64_t>(json.get<std::uint64_t>())) {
    return std::nullopt;
  }
  return json.get<std::int64_t>();
}

/// A JSON object being read: every access says which key is at fault.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {
    if (!json.is_object()) throw BadInput("an object is expected where " + json.dump() + " stands");
  }

  [[nodiscard]] bool has(const char* key) const { return json_.contains(key); }

  [[nodiscard]] const Json& at(const char* key) const {
    const auto found = json_.find(key);
    if (found == json_.end()) throw BadInput(fmt::format("the key \"{}\" is missing", key));
    return *found;
  }

  template <class Value>
  [[nodiscard]] Value get(const char* key) const {
    try {
      return at(key).get<Value>();
    } catch (const Json::exception&) {
      throw wrong_type(key);
    }
  }

  [[nodiscard]] int integer(const char* key) const {
    const auto number = whole_number(at(key));
    if (!number || !std::in_range<int>(*number)) throw wrong_type(key);
    return static_cast<int>(*number);
  }

  template <class NumberType>
  [[nodiscard]] NumberType number(const char* key) const {
    constexpr std::int64_t kGreatest = 1'000'000'000;
    const auto value = whole_number(at(key));
    if (!value || *value < 0 || *value > kGreatest) {
      throw BadInput(
          fmt::format("the key \"{}\" has to be a whole number, not {}", key, at(key).dump()));
    }
    return NumberType(static_cast<std::uint32_t>(*value));
  }

  [[nodiscard]] Instant instant(const char* key) const { return instant(key, at(key)); }

  [[nodiscard]] std::optional<Instant> optional_instant(const char* key) const {
    if (at(key).is_null()) return std::nullopt;
    return instant(key, at(key));
  }

  [[nodiscard]] const Json& array(const char* key) const {
    const Json& value = at(key);
    if (!value.is_array()) throw BadInput(fmt::format("the key \"{}\" has to be a list", key));
    return value;
  }

 private:
  [[nodiscard]] BadInput wrong_type(const char* key) const {
    return BadInput(fmt::format("the key \"{}\" has the wrong type: {}", key, at(key).dump()));
  }

  static Instant instant(const char* key, const Json& value) {
    constexpr double kLongest = 1e9;
    if (!value.is_number() || !(std::abs(value.get<double>()) <= kLongest)) {
      throw BadInput(
          fmt::format("the key \"{}\" has to be a time in seconds, not {}", key, value.dump()));
    }
    return Instant(Duration(std::llround(value.get<double>() * 1000)));
  }

  const Json& json_;
};

std::optional<Parameter> parameter_from_json(const Json& json) {
  for (const auto& [key, value] : json.items()) {
    if (key == "kind" || key == "delivery") continue;
    if (const auto number = whole_number(value)) return Parameter{key, *number};
    if (value.is_array()) {
      return Parameter{key, Reader(json).get<std::vector<std::string>>(key.c_str())};
    }
    throw BadInput(
        fmt::format("the fault's key \"{}\" has to be a whole number or a list of "
                    "cookie names",
                    key));
  }
  return std::nullopt;
}

DeliveryKind kind_from_string(const std::string& text) {
  constexpr std::array kKinds{DeliveryKind::first,     DeliveryKind::retry,
                              DeliveryKind::duplicate, DeliveryKind::fallback,
                              DeliveryKind::redirect,  DeliveryKind::repeat,
                              DeliveryKind::intrusion, DeliveryKind::callback};
  for (const DeliveryKind kind : kKinds) {
    if (to_string(kind) == text) return kind;
  }
  throw BadInput(fmt::format("\"{}\" is no kind of delivery", text));
}

Delivery delivery_from_json(const Json& json) {
  const Reader reader(json);
  Delivery delivery;
  delivery.number = reader.number<DeliveryNumber>("delivery");
  delivery.message = reader.number<MessageIndex>("message");
  delivery.pair = reader.number<PairIndex>("pair");
  delivery.kind = kind_from_string(reader.get<std::string>("kind"));
  delivery.method = reader.get<std::string>("method");
  delivery.url = reader.get<std::string>("url");
  for (const Json& cookie : reader.array("cookies")) {
    const Reader fields(cookie);
    delivery.cookies.push_back(
        {fields.get<std::string>("name"), fields.number<DeliveryNumber>("set_by")});
  }
  delivery.faults = reader.get<std::vector<std::string>>("faults");
  delivery.triggered = reader.instant("triggered_s");
  delivery.arrived = reader.instant("arrived_s");
  delivery.answered = reader.optional_instant("answered_s");
  delivery.received = reader.optional_instant("received_s");
  delivery.answer = answer_from_json(reader.at("answer"));
  if (reader.has("sent")) delivery.sent = reply_messages_from_json(reader.array("sent"));
  if (reader.has("news")) delivery.news = reader.get<std::string>("news");
  return delivery;
}

Outcome outcome_from_json(const Json& json) {
  const Reader reader(json);
  Outcome outcome;
  outcome.message = reader.number<MessageIndex>("message");
  outcome.duplicate = reader.get<bool>("duplicate");
  outcome.last = reader.number<DeliveryNumber>("last_delivery");
  outcome.status_class = reader.integer("status_class");
  outcome.error_code = reader.integer("error_code");
  outcome.problem = reader.get<std::string>("problem");
  outcome.messages = reply_messages_from_json(reader.array("messages"));
  return outcome;
}

Channel channel_from_string(const std::string& text) {
  for (const Channel channel : {Channel::sms, Channel::whatsapp}) {
    if (to_string(channel) == text) return channel;
  }
  throw BadInput(fmt::format("\"{}\" is no channel; there are sms and whatsapp", text));
}

}  // namespace

Json to_json(const std::vector<ReplyMessage>& messages) {
  Json json = Json::array();
  for (const ReplyMessage& message : messages) json.push_back(to_json(message));
  return json;
}

Json to_json(const Answer& answer) {
  Json json{{"status", answer.status},
            {"content_type", answer.content_type},
            {"body", answer.body},
            {"set_cookies", answer.set_cookies},
            {"error_code", answer.error_code},
            {"problem", answer.problem},
            {"next", answer.next}};
  if (!answer.handlers.empty()) json["handlers"] = answer.handlers;
  return json;
}

/// What most messages do not have is left out.
Json to_json(const Message& message) {
  Json json{{"pair", message.pair.value()}, {"body", message.body}, {"at_s", seconds(message.at)}};
  if (!message.media.empty()) json["media"] = message.media;
  if (message.from.channel != Channel::sms) {
    json["channel"] = std::string(to_string(message.from.channel));
  }
  if (message.from.country != Origin{}.country) json["country"] = message.from.country;
  for (const ExtraParameter& extra : message.extra) json["parameters"][extra.name] = extra.value;
  return json;
}

Json to_json(const Fault& fault) {
  Json json = {{"kind", fault.kind}, {"delivery", fault.delivery.value()}};
  if (fault.parameter) {
    std::visit([&](const auto& value) { json[fault.parameter->name] = value; },
               fault.parameter->value);
  }
  return json;
}

Json to_json(const Schedule& schedule) {
  Json messages = Json::array();
  for (const Message& message : schedule.messages) {
    messages.push_back(to_json(message));
  }
  Json faults = Json::array();
  for (const Fault& fault : schedule.faults) faults.push_back(to_json(fault));
  return {{"messages", messages}, {"faults", faults}};
}

Json to_json(const Trace& trace) {
  Json deliveries = Json::array();
  for (const Delivery& delivery : trace.deliveries) deliveries.push_back(to_json(delivery));
  Json outcomes = Json::array();
  for (const Outcome& outcome : trace.outcomes) outcomes.push_back(to_json(outcome));
  Json json{{"deliveries", deliveries}, {"outcomes", outcomes}, {"probe", nullptr}};
  if (trace.probe) json["probe"] = *trace.probe;
  return json;
}

Message message_from_json(const Json& json) {
  const Reader reader(json);
  Message message;
  message.pair = reader.number<PairIndex>("pair");
  message.body = reader.get<std::string>("body");
  message.at = reader.instant("at_s");
  if (reader.has("media")) message.media = reader.get<std::vector<std::string>>("media");
  if (reader.has("channel")) {
    message.from.channel = channel_from_string(reader.get<std::string>("channel"));
  }
  if (reader.has("country")) message.from.country = reader.get<std::string>("country");
  if (reader.has("parameters")) {
    const Json& parameters = reader.at("parameters");
    const Reader named(parameters);
    for (const auto& [name, value] : parameters.items()) {
      message.extra.push_back({name, named.get<std::string>(name.c_str())});
    }
  }
  return message;
}

Fault fault_from_json(const Json& json) {
  const Reader reader(json);
  return {reader.get<std::string>("kind"), reader.number<DeliveryNumber>("delivery"),
          parameter_from_json(json)};
}

Schedule schedule_from_json(const Json& json) {
  const Reader reader(json);
  Schedule schedule;
  for (const Json& message : reader.array("messages")) {
    schedule.messages.push_back(message_from_json(message));
  }
  for (const Json& fault : reader.array("faults")) {
    schedule.faults.push_back(fault_from_json(fault));
  }
  return schedule;
}

Answer answer_from_json(const Json& json) {
  const Reader reader(json);
  return {reader.integer("status"),
          reader.get<std::string>("content_type"),
          reader.get<std::string>("body"),
          reader.get<std::vector<std::string>>("set_cookies"),
          reader.integer("error_code"),
          reader.get<std::string>("problem"),
          reader.get<std::string>("next"),
          json.contains("handlers") ? reader.get<std::string>("handlers") : std::string()};
}

std::vector<ReplyMessage> reply_messages_from_json(const Json& list) {
  if (!list.is_array()) throw BadInput("a list of messages is expected");
  std::vector<ReplyMessage> messages;
  for (const Json& json : list) {
    const Reader fields(json);
    ReplyMessage& message = messages.emplace_back();
    message.to = fields.get<std::string>("to");
    message.from = fields.get<std::string>("from");
    message.body = fields.get<std::string>("body");
    message.media = fields.get<std::vector<std::string>>("media");
    if (fields.has("status_callback")) {
      message.status_callback = fields.get<std::string>("status_callback");
    }
    if (fields.has("error_code")) message.error_code = fields.integer("error_code");
  }
  return messages;
}

Trace trace_from_json(const Json& json) {
  const Reader reader(json);
  Trace trace;
  for (const Json& delivery : reader.array("deliveries")) {
    trace.deliveries.push_back(delivery_from_json(delivery));
  }
  for (const Json& outcome : reader.array("outcomes")) {
    trace.outcomes.push_back(outcome_from_json(outcome));
  }
  if (!reader.at("probe").is_null()) trace.probe = reader.get<std::string>("probe");
  return trace;
}

}  // namespace crumbproof
