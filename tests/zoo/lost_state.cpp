#include <map>
#include <string>
#include <utility>

#include "parts.hpp"
#include "registry.hpp"
#include <fmt/format.h>

namespace crumbproof::zoo {

namespace {

using std::chrono::seconds;
using twilio::Request;
using twilio::Response;

/// The number that a cookie holds; 0 if there is none.
int number_in(const Request& request, std::string_view cookie) {
  const auto value = request.cookie(cookie);
  return value ? std::stoi(std::string(*value)) : 0;
}

/// The link to pay is in the reply; who says yes has to come with its token.
HandlerFactory confirms_by_token_in_cookie() {
  return with(std::map<Pair, bool>{}, [](auto& is_due, const Request& request) {
    if (body_of(request) == "pay") {
      is_due[pair_of(request)] = true;
      return reply("5 dollars: yes or no?").set_cookie("token=t1");
    }
    const bool confirmed = is_due[pair_of(request)] && request.cookie("token") == "t1";
    return reply(confirmed ? "Paid." : "There is nothing to confirm.");
  });
}

/// Who knows the latest nonce is who had the latest answer; all others are refused.
HandlerFactory asks_for_its_nonce() {
  return with(Counts{}, [](Counts& nonces, const Request& request) -> Response {
    int& nonce = nonces[pair_of(request)];
    if (nonce > 0 && number_in(request, "nonce") != nonce) return {403, {}, "no"};
    return reply("You are known.").set_cookie(fmt::format("nonce={}", ++nonce));
  });
}

/// Each answer but the first from the page that it was redirected to.
HandlerFactory hands_over_in_cookie() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    if (request.url.find("/next") == std::string::npos) {
      return Response::twiml("<Response><Redirect>/next</Redirect></Response>")
          .set_cookie("said=" + body_of(request) + "; Path=/");
    }
    const auto said = request.cookie("said");
    return reply(said ? fmt::format("You said {}.", *said) : "Pardon?");
  });
}

/// Three messages are free.
HandlerFactory limits_its_rate_by_cookie() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    constexpr int kFree = 3;
    const int count = number_in(request, "n");
    return reply(count < kFree ? "Taken." : "Slow down, please.")
        .set_cookie(fmt::format("n={}", count + 1));
  });
}

/// The session's cookie is set once, to be kept so long, and never renewed.
HandlerFactory never_renews_its_session(const std::string& lifetime) {
  struct Sessions {
    std::map<std::string, Dialogue> by_id;
  };
  return with(Sessions{}, [lifetime](Sessions& sessions, const Request& request) {
    const auto cookie = request.cookie("sid");
    const std::string sid =
        cookie ? std::string(*cookie) : fmt::format("s{}", sessions.by_id.size());
    Response response = reply(sessions.by_id[sid].turn(body_of(request)));
    if (!cookie) response.set_cookie(fmt::format("sid={}; {}", sid, lifetime));
    return response;
  });
}

/// As needs_both_cookies, but one of the two lives shorter.
HandlerFactory keeps_one_cookie_longer() {
  return with(Database{}, [](Database& database, const Request& request) {
    Dialogue& truth = database[pair_of(request)];
    const auto step = request.cookie("step");
    const auto order = request.cookie("order");
    if (step || order) {
      truth = {std::string(step.value_or("start")), std::string(order.value_or(""))};
    }
    const std::string text = truth.turn(body_of(request));
    return reply(text)
        .set_cookie("step=" + truth.step + "; Max-Age=60")
        .set_cookie("order=" + truth.order);
  });
}

/// A session of two cookies, id and signature, as Express and others write it.
HandlerFactory crashes_on_half_a_session() {
  return with(Database{}, [](Database& database, const Request& request) -> Response {
    if (request.cookie("sid") && !request.cookie("sid.sig")) return {500, {}, "no signature"};
    return reply(database[pair_of(request)].turn(body_of(request)))
        .set_cookie("sid=1")
        .set_cookie("sid.sig=e3b0c");
  });
}

/// keeps_in_cookie, with a part of the reply before it that is always the same.
HandlerFactory greets_before_it_answers() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    Dialogue dialogue = Dialogue::unpack(request.cookie("state").value_or(""));
    const std::string text = dialogue.turn(body_of(request));
    return Response::twiml(fmt::format("<Response><Message>Thank you for calling on us.</Message>"
                                       "<Message>{}</Message></Response>",
                                       text))
        .set_cookie("state=" + dialogue.pack());
  });
}

}  // namespace

Entries lost_state() {
  return {
      {.name = "confirms_by_token_in_cookie",
       .shape = "a confirmation that needs the token in the cookie",
       .app = confirms_by_token_in_cookie(),
       .say = {"pay", "yes"},
       .expected = R"(cookie-missing: "pay", "yes"; missing at delivery 2)"},
      {.name = "asks_for_its_nonce",
       .shape = "signature nonce in the cookie",
       .app = asks_for_its_nonce(),
       .say = kPizza,
       .expected = R"(cookie-missing: "order"; duplicate at delivery 1)",
       .over_http = true},
      {.name = "hands_over_in_cookie",
       .shape = "a redirect that hands over in the cookie",
       .app = hands_over_in_cookie(),
       .say = {"hello", "bye"},
       .expected = R"(cookie-missing: "hello"; missing at delivery 2)",
       .over_http = true},
      // The duplicate is the second message to the twin and another first one to who lacks its
      // cookie, so that the third is free to one alone.
      {.name = "limits_its_rate_by_cookie",
       .shape = "a rate limit in the cookie",
       .app = limits_its_rate_by_cookie(),
       .say = {"a", "b", "c", "d"},
       .expected = R"(cookie-missing: "a", "b", "c"; duplicate at delivery 1)"},
      // Set after 0 s, it is gone after 20; the fourth message comes after 21.
      {.name = "never_renews_its_session",
       .shape = "a session that runs out in the midst of the conversation",
       .app = never_renews_its_session("Max-Age=20"),
       .say = {"order", "2 large", "status", "yes"},
       .expected = R"(cookie-missing: "order", "2 large", "status", "yes"; no fault)"},
      {.name = "never_renews_its_session",
       .shape = "likewise, beside an Expires that is long in coming",
       .app = never_renews_its_session("Max-Age=20; Expires=Thu, 31 Dec 2099 23:59:59 GMT"),
       .say = {"order", "2 large", "status", "yes"},
       .expected = R"(cookie-missing: "order", "2 large", "status", "yes"; no fault)"},
      {.name = "never_renews_its_session",
       .shape = "a session for a day, of which Twilio grants four hours",
       .app = never_renews_its_session("Max-Age=86400"),
       .say = {"order", "2 large"},
       .expected = R"(cookie-missing: "order", "2 large"; no fault)",
       .gaps = {std::chrono::hours(12)}},
      {.name = "keeps_one_cookie_longer",
       .shape = "two cookies that must agree, of which one runs out first",
       .app = keeps_one_cookie_longer(),
       .say = kPizza,
       .expected = R"(cookie-stale: "order", "2 large"; no fault)",
       .gaps = {seconds(90), seconds(90)}},
      // Answered after 0.05 s, so gone 50.05 s after the second message's moment.
      {.name = "keeps_one_cookie_longer",
       .shape = "two cookies that must agree, of which one is made to run out",
       .app = keeps_one_cookie_longer(),
       .say = kPizza,
       .expected = R"(cookie-missing: "order", "2 large"; expire seconds=54 at delivery 2)",
       .faults = "missing,outage,lost-write,expire"},
      {.name = "crashes_on_half_a_session",
       .shape = "crash on one of two cookies",
       .app = crashes_on_half_a_session(),
       .say = kPizza,
       .expected = R"(no-crash: "order", "2 large"; partial withheld=sid.sig at delivery 2)"},
      {.name = "greets_before_it_answers",
       .shape = "a reply of two messages, of which the second is lost",
       .app = greets_before_it_answers(),
       .say = kPizza,
       .expected = R"(cookie-missing: "order", "2 large"; missing at delivery 2)"},
  };
}

}  // namespace crumbproof::zoo
