#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/phone/state_json.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/moment.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/json.hpp>
#include <crumbproof/twilio/error_codes.hpp>
#include <crumbproof/twilio/secrets.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::phone {

namespace {

using Json = nlohmann::ordered_json;
using report::told;

/// The phones that can be seen, whether they have spoken or not.
constexpr std::uint32_t kPhones = 2;

constexpr std::array kSeams{
    std::pair{run::Seam::send, "send"}, std::pair{run::Seam::deliver, "deliver"},
    std::pair{run::Seam::read, "read"}, std::pair{run::Seam::write, "write"}};

Json fields_json(const std::vector<twilio::Field>& fields) {
  Json json = Json::array();
  for (const twilio::Field& field : fields) json.push_back({field.name, field.value});
  return json;
}

Json wire_json(const run::LoggedExchange& wire) {
  const target::Exchange& exchange = wire.exchange;
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(exchange.took);
  Json json{{"method", wire.request.method},
            {"url", wire.request.url},
            {"parameters", fields_json(wire.request.parameters)},
            {"headers", fields_json(wire.request.headers)},
            {"answered", exchange.ending == target::Ending::answered},
            {"detail", exchange.detail},
            {"took_ms", static_cast<double>(took.count()) / 1000}};
  if (exchange.ending == target::Ending::answered) {
    json["status"] = exchange.response.status;
    json["answer_headers"] = fields_json(exchange.response.headers);
    json["body"] = exchange.response.body;
  }
  return json;
}

/// What the faults at a delivery did, in words.
Json faults_json(const run::Executed& executed, const Delivery& delivery) {
  Json json = Json::array();
  for (const std::string& kind : delivery.faults) {
    const auto known = std::ranges::find_if(executed.faults, [&](const run::PlacedFault& placed) {
      return placed.fault.kind == kind && placed.place.message == delivery.message;
    });
    const Fault* const fault = known == executed.faults.end() ? nullptr : &known->fault;
    json.push_back({{"kind", kind}, {"what", report::what_happened(kind, fault)}});
  }
  return json;
}

Json side_json(const run::Executed& executed, const run::ExchangeLog& wires) {
  Json json = to_json(executed.trace);
  for (std::size_t n = 0; n < executed.trace.deliveries.size(); ++n) {
    const Delivery& delivery = executed.trace.deliveries[n];
    Json& told_of = json["deliveries"][n];
    told_of["faults"] = faults_json(executed, delivery);
    told_of["arrived"] = told(delivery.arrived);
    told_of["wire"] = Json::array();
    for (const run::LoggedExchange& wire : wires) {
      if (wire.number == delivery.number) told_of["wire"].push_back(wire_json(wire));
    }
  }
  return json;
}

Json cookie_json(const twilio::StoredCookie& cookie, Instant now) {
  return {{"name", cookie.name},
          {"value", cookie.value},
          {"domain", cookie.domain},
          {"path", cookie.path},
          {"secure", cookie.secure},
          {"set_by", cookie.set_by.value()},
          {"expires", told(cookie.expires)},
          {"left", cookie.expires > now ? told(cookie.expires - now) : ""}};
}

/// The cookie without a value that is not to be shown.
twilio::StoredCookie shown_cookie(twilio::StoredCookie cookie, const Session& session) {
  const run::SenderSettings& settings = session.settings();
  if (twilio::matches_any(settings.redact, cookie.name)) cookie.value = run::kNotShown;
  cookie.value = settings.secrets.hidden(std::move(cookie.value));
  return cookie;
}

Json stores_json(const Session& session) {
  Json json = Json::array();
  for (const auto& [pair, store] : session.executed().stores) {
    Json versions = Json::array();
    for (std::size_t version = 0; version <= store.version(); ++version) {
      Json cookies = Json::array();
      for (const twilio::StoredCookie& cookie : store.all_of(version)) {
        cookies.push_back(cookie_json(shown_cookie(cookie, session), session.now()));
      }
      versions.push_back(std::move(cookies));
    }
    auto next = store.cookies_for(store.version(), session.settings().webhook, session.now(),
                                  twilio::Expiry::observed);
    for (twilio::StoredCookie& cookie : next) cookie = shown_cookie(cookie, session);
    json.push_back({{"pair", pair.value()},
                    {"versions", std::move(versions)},
                    {"next", twilio::cookie_header(next)}});
  }
  return json;
}

std::string label_of(const Wish& wish) {
  if (!wish.parameter) return wish.kind;
  const auto& [name, value] = *wish.parameter;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    if (name == "seconds")
      return fmt::format("{} after {}", wish.kind, told(Duration(*number * 1000)));
    return fmt::format("{} {}={}", wish.kind, name, *number);
  }
  std::string label = wish.kind + ' ' + name;
  for (const std::string& text : std::get<std::vector<std::string>>(value)) label += ' ' + text;
  return label;
}

Json offers_json(const Session& session) {
  Json json = Json::array();
  for (std::uint32_t pair = 0; pair < kPhones; ++pair) {
    Json wishes = Json::array();
    for (const Wish& wish : session.offers(PairIndex(pair))) {
      Json offer = to_json(Fault{wish.kind, {}, wish.parameter});
      const auto* const seam =
          std::ranges::find(kSeams, wish.seam, [](const auto& known) { return known.first; });
      wishes.push_back({{"seam", seam->second}, {"label", label_of(wish)}, {"fault", offer}});
    }
    json.push_back(std::move(wishes));
  }
  return json;
}

/// The real numbers, as far as they have been drawn, and the names that stand for them in traces.
Json phones_json(const Session& session) {
  Json json = Json::array();
  std::vector<PairIndex> in_order;
  const auto& deliveries = session.executed().trace.deliveries;
  for (const Delivery& delivery : deliveries) {
    if (std::ranges::find(in_order, delivery.pair) == in_order.end()) {
      in_order.push_back(delivery.pair);
    }
  }
  for (std::uint32_t pair = 0; pair < kPhones; ++pair) {
    Json phone{{"pair", pair}, {"number", ""}, {"name", ""}};
    const auto place = std::ranges::find(in_order, PairIndex(pair)) - in_order.begin();
    for (const run::LoggedExchange& wire : session.wire()) {
      const auto delivery = std::ranges::find(deliveries, wire.number, &Delivery::number);
      if (delivery == deliveries.end() || delivery->pair != PairIndex(pair)) continue;
      if (delivery->kind == DeliveryKind::callback) continue;
      phone["number"] = wire.request.parameter("From");
      phone["name"] = place == 0 ? "{From}" : fmt::format("{{From{}}}", place + 1);
      break;
    }
    json.push_back(std::move(phone));
  }
  return json;
}

Json kinds_json() {
  Json json = Json::array();
  for (const faults::FaultKind* kind : faults::catalogue()) {
    json.push_back(
        {{"name", std::string(kind->name())}, {"summary", std::string(kind->summary())}});
  }
  return json;
}

/// Twilio's codes that the conversation has met, for whoever does not know them by heart.
Json codes_json(const run::Executed& executed) {
  Json json = Json::object();
  const auto add = [&](int code) {
    const twilio::ErrorCode* const known = twilio::find_error_code(code);
    if (known == nullptr) return;
    json[std::to_string(code)] = {{"meaning", std::string(known->meaning)},
                                  {"remedy", std::string(known->remedy)}};
  };
  for (const Delivery& delivery : executed.trace.deliveries) add(delivery.answer->error_code);
  for (const Outcome& outcome : executed.trace.outcomes) {
    add(outcome.error_code);
    for (const ReplyMessage& message : outcome.messages) add(message.error_code);
  }
  return json;
}

Json differences_json(const properties::Comparison& comparison) {
  Json json = Json::array();
  for (const properties::Difference& difference : comparison.differences) {
    json.push_back({{"delivery", difference.delivery.value()},
                    {"message", difference.message.value()},
                    {"expected", difference.expected},
                    {"actual", difference.actual}});
  }
  return json;
}

}  // namespace

Json state_json(const Session& session, const std::string& target) {
  Json messages = Json::array();
  for (const Message& message : session.messages()) messages.push_back(to_json(message));
  const run::Executed& executed = session.executed();
  Json json{{"target", target},
            {"to", session.settings().to},
            {"conversation", session.conversation()},
            {"phones", phones_json(session)},
            {"messages", std::move(messages)},
            {"own", side_json(executed, session.wire())},
            {"twin", nullptr},
            {"stores", stores_json(session)},
            {"now", told(session.now())},
            {"waiting", session.waiting() > Duration{0} ? told(session.waiting()) : ""},
            {"together", !executed.together.empty()},
            {"steps", session.steps().size()},
            {"offers", offers_json(session)},
            {"kinds", kinds_json()},
            {"codes", codes_json(executed)},
            {"warnings", executed.warnings},
            {"notices", session.notices()}};
  if (session.twin_is_shown()) {
    const properties::Comparison comparison = session.comparison();
    json["twin"] = side_json(session.twin(), session.twin_wire());
    json["twin"]["comparable"] = comparison.comparable;
    json["twin"]["differences"] = differences_json(comparison);
  }
  report::make_valid(json);
  return json;
}

Wish wish_from_json(const Json& json) {
  const std::string seam = report::text_at(json, "seam");
  const auto* const known = std::ranges::find(
      kSeams, seam, [](const auto& entry) { return std::string_view(entry.second); });
  if (known == kSeams.end()) throw BadInput(fmt::format("there is no seam {:?}", seam));
  const Fault fault = report::part(json, "fault", fault_from_json);
  if (faults::find(fault.kind) == nullptr) {
    throw BadInput(fmt::format("there is no fault {:?}", fault.kind));
  }
  return {known->first, fault.kind, fault.parameter};
}

}  // namespace crumbproof::phone
