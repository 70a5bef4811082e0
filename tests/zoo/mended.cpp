#include <map>
#include <set>
#include <string>
#include <utility>

#include "parts.hpp"
#include "registry.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::zoo {

namespace {

using std::chrono::hours;
using twilio::Request;
using twilio::Response;

/// merges_old_cart, where a copy counts only if it is of the cart's version.
HandlerFactory merges_its_latest_cart() {
  struct Cart {
    std::set<std::string> items;
    int version = 0;
  };
  return with(std::map<Pair, Cart>{}, [](auto& carts, const Request& request) {
    Cart& cart = carts[pair_of(request)];
    const std::string current = fmt::format("{}|", cart.version);
    const auto copy = request.cookie("cart");
    if (copy && copy->starts_with(current) && copy->size() > current.size()) {
      cart.items.insert(std::string(copy->substr(current.size())));
    }
    if (body_of(request) == "ham") cart.items = {"ham"};
    if (body_of(request) == "clear") cart.items.clear();
    const std::string content = fmt::format("{}", fmt::join(cart.items, "+"));
    return reply("Cart: " + content).set_cookie(fmt::format("cart={}|{}", ++cart.version, content));
  });
}

/// dies_of_old_deletion, where the database says who is logged in.
HandlerFactory logs_out_in_database() {
  return with(std::map<Pair, bool>{}, [](auto& logged_in, const Request& request) {
    bool& in = logged_in[pair_of(request)];
    const std::string body = body_of(request);
    if (body == "login") in = true;
    if (body == "logout") in = false;
    return reply(in ? "You are in." : "You are out.")
        .set_cookie(in ? "open=1" : "open=; Max-Age=0");
  });
}

/// remembers_sids_in_cookie, where the database remembers them.
HandlerFactory remembers_sids_in_database() {
  return once_per_sid(with(Database{}, [](Database& database, const Request& request) {
    return reply(database[pair_of(request)].turn(body_of(request)))
        .set_cookie("last=" + std::string(request.parameter("MessageSid")));
  }));
}

/// scores_in_cookie, where the cookie has a copy for whoever looks.
HandlerFactory scores_in_database() {
  return with(Counts{}, [](Counts& scores, const Request& request) {
    int& score = scores[pair_of(request)];
    const std::string body = body_of(request);
    if (body == "score") return reply(fmt::format("{} right.", score));
    score = body == "start" ? 0 : score + 1;
    return reply("Next question.").set_cookie(fmt::format("score={}", score));
  });
}

/// asks_for_its_nonce, where a wrong one is no more than that.
HandlerFactory renews_its_nonce() {
  return with(Counts{}, [](Counts& nonces, const Request& request) {
    return reply("You are known by your number.")
        .set_cookie(fmt::format("nonce={}", ++nonces[pair_of(request)]));
  });
}

/// short_lived_cookie, where the cookie is a cache.
HandlerFactory caches_for_a_moment() {
  return with(Database{}, [](Database& database, const Request& request) {
    Dialogue& truth = database[pair_of(request)];
    const std::string before = truth.pack();
    // The cache counts only where it says the same, so that it can be as old as it likes.
    Dialogue dialogue =
        request.cookie("state") == before ? Dialogue::unpack(*request.cookie("state")) : truth;
    const std::string text = dialogue.turn(body_of(request));
    truth = dialogue;
    return reply(text).set_cookie("state=" + truth.pack() + "; Max-Age=5");
  });
}

/// crashes_on_half_a_session, where a session that is not whole is none.
HandlerFactory needs_no_half_of_a_session() {
  return with(Database{}, [](Database& database, const Request& request) {
    Response response = reply(database[pair_of(request)].turn(body_of(request)));
    if (request.cookie("sid") && request.cookie("sid.sig")) return response;
    return response.set_cookie("sid=1").set_cookie("sid.sig=e3b0c");
  });
}

/// hands_over_in_cookie, where the URL hands over.
HandlerFactory hands_over_in_url() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    constexpr std::string_view kSaid = "?letters=";
    const std::size_t said = request.url.find(kSaid);
    if (said != std::string::npos) {
      return reply(fmt::format("{} letters.", request.url.substr(said + kSaid.size())));
    }
    return Response::twiml(fmt::format("<Response><Redirect>/next{}{}</Redirect></Response>", kSaid,
                                       body_of(request).size()))
        .set_cookie("said=" + body_of(request) + "; Path=/");
  });
}

/// confirms_by_token_in_cookie, where the pair that was asked is the pair that confirms.
HandlerFactory confirms_by_pair() {
  return with(std::map<Pair, bool>{}, [](auto& is_due, const Request& request) {
    if (body_of(request) == "pay") {
      is_due[pair_of(request)] = true;
      return reply("5 dollars: yes or no?").set_cookie("token=t1");
    }
    return reply(std::exchange(is_due[pair_of(request)], false) ? "Paid."
                                                                : "There is nothing to confirm.");
  });
}

/// writes_the_whole_record, where a change is of one field.
HandlerFactory writes_one_field() {
  struct Fields {
    std::string name = "nobody";
    std::string city = "somewhere";
  };
  return with(std::map<Pair, Fields>{}, [](auto& database, const Request& request) {
    Fields& fields = database[pair_of(request)];
    const std::string body = body_of(request);
    if (body == "who") return reply(fmt::format("{} {}", fields.name, fields.city));
    (body.starts_with("in ") ? fields.city : fields.name) = body;
    return reply("Noted.").set_cookie(fmt::format("record={}|{}", fields.name, fields.city));
  });
}

/// remembers_who_logged_out, where the database knows.
HandlerFactory knows_who_logged_in() {
  return with(std::set<Pair>{}, [](std::set<Pair>& users, const Request& request) {
    const std::string body = body_of(request);
    if (body == "login") users.insert(pair_of(request));
    const bool known = users.contains(pair_of(request));
    return reply(known && body == "secret" ? "It is 42."
                 : known                   ? "Welcome."
                                           : "Log in first.")
        .set_cookie(known ? "user=ann" : "user=nobody");
  });
}

/// rotates_its_session_id, where an id that is not valid is as good as none.
HandlerFactory goes_by_pair_for_an_old_id() {
  struct Rotating {
    Dialogue dialogue;
    int id = 0;
  };
  return with(std::map<Pair, Rotating>{}, [](auto& sessions, const Request& request) {
    Rotating& session = sessions[pair_of(request)];
    return reply(session.dialogue.turn(body_of(request)))
        .set_cookie(fmt::format("sid={}", ++session.id));
  });
}

/// counts_in_cookie, where the cookie shows what the database has counted.
HandlerFactory counts_in_database() {
  return with(Counts{}, [](Counts& counts, const Request& request) {
    const int count = ++counts[pair_of(request)];
    return reply(fmt::format("Message {}.", count)).set_cookie(fmt::format("n={}", count));
  });
}

}  // namespace

Entries soundly_mended() {
  return {
      {.name = "confirms_by_pair",
       .shape = "a token that nobody has to bring",
       .app = confirms_by_pair(),
       .say = {"pay", "yes", "yes"}},
      {.name = "writes_one_field",
       .shape = "a record changed field by field",
       .app = writes_one_field(),
       .say = {"ann", "in rome", "eve", "who"}},
      {.name = "knows_who_logged_in",
       .shape = "authority from the database",
       .app = knows_who_logged_in(),
       .say = {"secret", "login", "secret"}},
      {.name = "goes_by_pair_for_an_old_id",
       .shape = "an id that need not be valid",
       .app = goes_by_pair_for_an_old_id(),
       .say = kPizza},
      {.name = "counts_in_database",
       .shape = "a count with a copy in the cookie",
       .app = counts_in_database(),
       .say = kPizza},
      {.name = "merges_its_latest_cart",
       .shape = "a cart merged with a copy of its very version",
       .app = merges_its_latest_cart(),
       .say = {"ham", "clear", "show"},
       .over_http = true},
      {.name = "logs_out_in_database",
       .shape = "a deletion that nothing depends on",
       .app = logs_out_in_database(),
       .say = {"login", "logout", "secret"},
       .over_http = true},
      {.name = "remembers_sids_in_database",
       .shape = "duplicate detection in the database",
       .app = remembers_sids_in_database(),
       .say = kPizza,
       .over_http = true},
      {.name = "scores_in_database",
       .shape = "a score with a copy in the cookie",
       .app = scores_in_database(),
       .say = {"start", "a", "b", "score"}},
      {.name = "renews_its_nonce",
       .shape = "a nonce that nobody has to bring",
       .app = renews_its_nonce(),
       .say = {"hello", "hours", "hello"}},
      {.name = "caches_for_a_moment",
       .shape = "a short Max-Age, of a cache",
       .app = caches_for_a_moment(),
       .say = kPizza},
      {.name = "caches_with_version",
       .shape = "a sign-up that goes on the next day",
       .app = caches_with_version(),
       .say = {"order", "2 large"},
       .gaps = {hours(12)}},
      {.name = "needs_no_half_of_a_session",
       .shape = "one of two cookies, which is set again",
       .app = needs_no_half_of_a_session(),
       .say = kPizza},
      {.name = "hands_over_in_url",
       .shape = "a redirect that hands over in its URL",
       .app = hands_over_in_url(),
       .say = {"hello", "bye"},
       .over_http = true},
  };
}

}  // namespace crumbproof::zoo
