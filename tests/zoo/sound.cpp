#include <map>
#include <string>
#include <utility>

#include "parts.hpp"
#include "registry.hpp"
#include <fmt/format.h>

namespace crumbproof::zoo {

namespace {

using twilio::Request;
using twilio::Response;

/// What it says depends on the order of messages, as it should.
HandlerFactory tells_what_came_before() {
  return with(std::map<Pair, std::string>{}, [](auto& last, const Request& request) {
    const std::string body = body_of(request);
    const std::string before = std::exchange(last[pair_of(request)], body);
    return reply(before.empty() ? "Nothing before that." : "Before that, " + before + ".")
        .set_cookie("last=" + body);
  });
}

HandlerFactory answers_in_parts() {
  return with(Database{}, [](Database& database, const Request& request) {
    return Response::twiml(fmt::format("<Response><Message><Body>{}</Body>"
                                       "<Media>https://app.test/menu.png</Media></Message>"
                                       "<Message>Thank you for calling on us.</Message></Response>",
                                       database[pair_of(request)].turn(body_of(request))))
        .set_cookie("seen=1");
  });
}

HandlerFactory says_nothing_to_thanks() {
  return with(Database{}, [](Database& database, const Request& request) {
    Response response = body_of(request) == "thanks"
                            ? Response::twiml("<Response/>")
                            : reply(database[pair_of(request)].turn(body_of(request)));
    return response.set_cookie("seen=1");
  });
}

/// Sets a cookie and deletes it in turn.
HandlerFactory flips_its_cookie() {
  struct Flipping {
    Dialogue dialogue;
    bool is_set = false;
  };
  return with(std::map<Pair, Flipping>{}, [](auto& database, const Request& request) {
    Flipping& state = database[pair_of(request)];
    state.is_set = !state.is_set;
    return reply(state.dialogue.turn(body_of(request)))
        .set_cookie(state.is_set ? "promo=1" : "promo=; Max-Age=0");
  });
}

/// trusts_old_copy, but its cookie is for where the app is not asked from.
HandlerFactory trusts_what_never_comes(const std::string& attributes) {
  return with(Database{}, [attributes](Database& database, const Request& request) {
    Dialogue& truth = database[pair_of(request)];
    if (const auto copy = request.cookie("copy")) truth = Dialogue::unpack(*copy);
    const std::string text = truth.turn(body_of(request));
    return reply(text).set_cookie("copy=" + truth.pack() + attributes);
  });
}

}  // namespace

Entries plainly_sound() {
  return {
      {.name = "keeps_by_pair",
       .shape = "in a database, no cookie at all",
       .app = keeps_by_pair(),
       .say = kPizza},
      {.name = "caches_with_version",
       .shape = "a versioned copy in the cookie",
       .app = caches_with_version(),
       .say = kPizza,
       .over_http = true},
      {.name = "reloads_by_redirect",
       .shape = "a redirect that sets the cookie, and ends",
       .app = reloads_by_redirect(),
       .say = kPizza,
       .over_http = true},
      {.name = "echoes_numbers",
       .shape = "MessageSid and numbers echoed",
       .app = echoes_numbers(),
       .say = kPizza,
       .over_http = true},
      {.name = "sets_cookie_reads_none",
       .shape = "a new cookie each time, which nobody reads",
       .app = sets_cookie_reads_none(),
       .say = kPizza},
      {.name = "rolls_its_session",
       .shape = "an id that is set again each time",
       .app = rolls_its_session(),
       .say = kPizza},
      {.name = "checks_its_session",
       .shape = "the pair's own session, whatever the cookie says",
       .app = checks_its_session(),
       .say = kPizza},
      {.name = "greets_by_signed_name",
       .shape = "a signed cookie without which it says the same",
       .app = greets_by_signed_name(),
       .say = {"plan", "plan"}},
      {.name = "tells_what_came_before",
       .shape = "replies that rightly depend on message order",
       .app = tells_what_came_before(),
       .say = {"a", "b", "c"},
       .over_http = true},
      {.name = "answers_in_parts",
       .shape = "two messages and a picture",
       .app = answers_in_parts(),
       .say = kPizza},
      {.name = "says_nothing_to_thanks",
       .shape = "no reply, now and then",
       .app = says_nothing_to_thanks(),
       .say = {"order", "thanks", "2 large"}},
      {.name = "flips_its_cookie",
       .shape = "a cookie that comes and goes",
       .app = flips_its_cookie(),
       .say = kPizza},
      {.name = "trusts_what_never_comes",
       .shape = "a cookie for another path",
       .app = trusts_what_never_comes("; Path=/web"),
       .say = kPizza},
      {.name = "trusts_what_never_comes",
       .shape = "a Secure cookie, over http",
       .app = trusts_what_never_comes("; Secure"),
       .say = kPizza},
      {.name = "trusts_what_never_comes",
       .shape = "a cookie for a domain that only ends alike",
       .app = trusts_what_never_comes("; Domain=shop.test"),
       .say = kPizza,
       .url = "http://workshop.test/sms"},
  };
}

}  // namespace crumbproof::zoo
