#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "parts.hpp"
#include <fmt/format.h>

namespace crumbproof::zoo {

namespace {

using twilio::Request;
using twilio::Response;

}  // namespace

std::string Dialogue::turn(const std::string& body) {
  if (body == "status") return fmt::format("Step: {} {}", step, order);
  if (body == "order") {
    step = "choosing";
    order.clear();
    return "What size?";
  }
  if (step == "choosing") {
    step = "confirming";
    order = body;
    return fmt::format("{} it is. Reply yes to confirm", body);
  }
  if (step == "confirming" && body == "yes") {
    step = "confirmed";
    return fmt::format("Confirmed: {}", order);
  }
  return "Text order to begin.";
}

std::string Dialogue::pack() const { return step + "|" + order; }

Dialogue Dialogue::unpack(std::string_view value) {
  const std::size_t bar = value.find('|');
  if (bar == std::string_view::npos) return {};
  return {std::string(value.substr(0, bar)), std::string(value.substr(bar + 1))};
}

Response reply(const std::string& text) {
  return Response::twiml(fmt::format("<Response><Message>{}</Message></Response>", text));
}

HandlerFactory keeps_by_pair() {
  return with(Database{}, [](Database& database, const Request& request) {
    return reply(database[pair_of(request)].turn(body_of(request)));
  });
}

namespace {

struct Versioned {
  Dialogue dialogue;
  int version = 0;
};

using Versions = std::map<Pair, Versioned>;

std::string versioned(const Versioned& copy) {
  return fmt::format("{}|{}", copy.version, copy.dialogue.pack());
}

}  // namespace

HandlerFactory caches_with_version() {
  return with(Versions{}, [](Versions& database, const Request& request) {
    Versioned& truth = database[pair_of(request)];
    const auto cookie = request.cookie("copy");
    const std::string current = fmt::format("{}|", truth.version);
    Dialogue dialogue = cookie && cookie->starts_with(current)
                            ? Dialogue::unpack(cookie->substr(current.size()))
                            : truth.dialogue;
    const std::string text = dialogue.turn(body_of(request));
    truth = {dialogue, truth.version + 1};
    return reply(text).set_cookie("copy=" + versioned(truth));
  });
}

HandlerFactory reloads_by_redirect() {
  return with(Database{}, [](Database& database, const Request& request) {
    if (!request.cookie("seen") && request.url.find("/reload") == std::string::npos) {
      return Response::twiml("<Response><Redirect>/reload</Redirect></Response>")
          .set_cookie("seen=1; Path=/");
    }
    return reply(database[pair_of(request)].turn(body_of(request))).set_cookie("seen=1; Path=/");
  });
}

HandlerFactory echoes_numbers() {
  return with(Database{}, [](Database& database, const Request& request) {
    const std::string text = database[pair_of(request)].turn(body_of(request));
    return reply(fmt::format("{} ({} to {}, {})", text, request.parameter("From"),
                             request.parameter("To"), request.parameter("MessageSid")))
        .set_cookie("last=" + std::string(request.parameter("MessageSid")));
  });
}

HandlerFactory numbers_its_tickets() {
  const auto tickets = std::make_shared<int>(1000);
  return with(Database{}, [tickets](Database& database, const Request& request) {
    const std::string text = database[pair_of(request)].turn(body_of(request));
    return reply(fmt::format("{} Your ticket is #{} of today.", text, (*tickets)++))
        .set_cookie("seen=1");
  });
}

HandlerFactory sets_cookie_reads_none() {
  const auto next = std::make_shared<int>(0);
  return with(Database{}, [next](Database& database, const Request& request) {
    return reply(database[pair_of(request)].turn(body_of(request)))
        .set_cookie(fmt::format("trace=r{}", (*next)++));
  });
}

HandlerFactory rolls_its_session() {
  const auto next = std::make_shared<int>(0);
  return with(Database{}, [next](Database& database, const Request& request) {
    const auto known = request.cookie("sid");
    const std::string sid = known ? std::string(*known) : fmt::format("s{}", (*next)++);
    return reply(database[pair_of(request)].turn(body_of(request))).set_cookie("sid=" + sid);
  });
}

HandlerFactory keeps_in_session() {
  const auto next = std::make_shared<int>(0);
  using Sessions = std::map<std::string, Dialogue>;
  return with(Sessions{}, [next](Sessions& sessions, const Request& request) {
    const auto cookie = request.cookie("sid");
    auto session = cookie ? sessions.find(std::string(*cookie)) : sessions.end();
    const bool is_new = session == sessions.end();
    if (is_new) session = sessions.emplace(fmt::format("s{}", (*next)++), Dialogue{}).first;
    Response response = reply(session->second.turn(body_of(request)));
    if (is_new) response.set_cookie(fmt::format("sid={}; Path=/; HttpOnly", session->first));
    return response;
  });
}

HandlerFactory keeps_in_cookie() {
  return with(0, [](int&, const Request& request) {
    Dialogue dialogue = Dialogue::unpack(request.cookie("state").value_or(""));
    const std::string text = dialogue.turn(body_of(request));
    return reply(text).set_cookie("state=" + dialogue.pack());
  });
}

HandlerFactory trusts_old_copy() {
  return with(Database{}, [](Database& database, const Request& request) {
    Dialogue& truth = database[pair_of(request)];
    if (const auto cookie = request.cookie("copy")) truth = Dialogue::unpack(*cookie);
    const std::string text = truth.turn(body_of(request));
    return reply(text).set_cookie("copy=" + truth.pack());
  });
}

HandlerFactory needs_both_cookies() {
  return with(Database{}, [](Database& database, const Request& request) {
    Dialogue& truth = database[pair_of(request)];
    const auto step = request.cookie("step");
    const auto order = request.cookie("order");
    if (step || order) {
      truth.step = step.value_or("start");
      truth.order = order.value_or("");
    }
    const std::string text = truth.turn(body_of(request));
    return reply(text).set_cookie("step=" + truth.step).set_cookie("order=" + truth.order);
  });
}

namespace {

/// Answers as a sound app does, but for a later message without its cookie.
HandlerFactory without_cookie(Response (*broken)(const Request&)) {
  return with(Database{}, [broken](Database& database, const Request& request) {
    const bool known = database.contains(pair_of(request));
    if (known && !request.cookie("seen")) return broken(request);
    return reply(database[pair_of(request)].turn(body_of(request))).set_cookie("seen=1; Path=/");
  });
}

}  // namespace

HandlerFactory crashes_without_cookie() {
  return without_cookie([](const Request&) { return Response{500, {}, "oops"}; });
}

HandlerFactory says_no_twiml_without_cookie() {
  return without_cookie([](const Request&) { return Response::twiml("<Response><Message>"); });
}

HandlerFactory loops_without_cookie() {
  return without_cookie([](const Request&) {
    return Response::twiml("<Response><Redirect>/sms</Redirect></Response>");
  });
}

namespace {

struct Missing {
  Dialogue dialogue;
  int misses = 0;
  bool begun = false;
};

using Misses = std::map<Pair, Missing>;

}  // namespace

HandlerFactory forgets_after_two_misses() {
  return with(Misses{}, [](Misses& database, const Request& request) {
    Missing& state = database[pair_of(request)];
    if (state.begun && !request.cookie("seen") && ++state.misses == 2) state.dialogue = {};
    state.begun = true;
    return reply(state.dialogue.turn(body_of(request))).set_cookie("seen=1");
  });
}

HandlerFactory dies_of_old_deletion() {
  return with(Database{}, [](Database& database, const Request& request) {
    Dialogue& truth = database[pair_of(request)];
    if (body_of(request) == "bye") {
      truth = {};
      return reply("Bye").set_cookie("open=; Max-Age=0");
    }
    if (request.cookie("open") && truth.step == "start") return reply("You are still logged in?");
    return reply(truth.turn(body_of(request))).set_cookie("open=1");
  });
}

HandlerFactory counts_in_cookie() {
  return with(0, [](int& /*none*/, const Request& request) {
    const auto count = request.cookie("n");
    const std::string next = count ? std::string(*count) + "I" : "I";
    return reply("Message " + next).set_cookie("n=" + next).set_cookie("lang=en");
  });
}

HandlerFactory short_lived_cookie() {
  return with(0, [](int&, const Request& request) {
    Dialogue dialogue = Dialogue::unpack(request.cookie("state").value_or(""));
    const std::string text = dialogue.turn(body_of(request));
    return reply(text).set_cookie("state=" + dialogue.pack() + "; Max-Age=5");
  });
}

HandlerFactory remembers_sids_in_cookie() {
  return with(Database{}, [](Database& database, const Request& request) {
    const std::string sid(request.parameter("MessageSid"));
    if (request.cookie("last") == sid) return Response::twiml("<Response/>");
    return reply(database[pair_of(request)].turn(body_of(request))).set_cookie("last=" + sid);
  });
}

HandlerFactory draws_its_words() {
  const auto draws = std::make_shared<int>(0);
  return with(Database{}, [draws](Database& database, const Request& request) {
    const std::string text = database[pair_of(request)].turn(body_of(request));
    return reply(++*draws % 2 == 0 ? text : "Hello there, nice to hear from you! " + text)
        .set_cookie("seen=1");
  });
}

HandlerFactory sets_cookies_at_times() {
  const auto answers = std::make_shared<int>(0);
  return with(Database{}, [answers](Database& database, const Request& request) {
    Response response = reply(database[pair_of(request)].turn(body_of(request)));
    if (++*answers % 3 == 0 || *answers % 5 == 0) response.set_cookie("seen=1");
    return response;
  });
}

HandlerFactory always_500() {
  return with(0, [](int&, const Request&) { return Response{500, {}, "oops"}; });
}

HandlerFactory answers_json() {
  return with(0, [](int&, const Request&) {
    return Response{200, {{"Content-Type", "application/json"}}, "{}"};
  });
}

HandlerFactory never_sets_a_cookie_nor_varies() {
  return with(0, [](int&, const Request&) { return reply("Thank you"); });
}

}  // namespace crumbproof::zoo
