#include <map>
#include <string>
#include <utility>

#include "parts.hpp"
#include "registry.hpp"
#include <fmt/format.h>

// Known bugs of session stores, of which each needs two requests that are close to each other. Here
// the second one is triggered before the answer to the first has set its cookie, and no more than
// one is in flight physically.

namespace crumbproof::zoo {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using twilio::Request;
using twilio::Response;

/// Less than the way to the app and back.
constexpr milliseconds kClose{60};

std::string with_item(std::string_view cart, const std::string& item) {
  return cart.empty() ? item : fmt::format("{}+{}", cart, item);
}

/// As pallets-eco/flask-session#71: a request writes what it has read, and what it adds.
HandlerFactory carries_its_cart() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    const std::string cart(request.cookie("cart").value_or(""));
    if (body_of(request) == "show") return reply("Cart: " + cart);
    return reply("Added.").set_cookie("cart=" + with_item(cart, body_of(request)));
  });
}

/// As expressjs/session#935: each request without a cookie opens a session, and the last one stays.
HandlerFactory opens_a_session_each() {
  return with(std::map<std::string, std::string>{}, [](auto& carts, const Request& request) {
    const auto cookie = request.cookie("sid");
    const std::string sid = cookie ? std::string(*cookie) : fmt::format("s{}", carts.size());
    std::string& cart = carts[sid];
    Response response = body_of(request) == "show" ? reply("Cart: " + cart) : reply("Added.");
    if (body_of(request) != "show") cart = with_item(cart, body_of(request));
    if (!cookie) response.set_cookie("sid=" + sid);
    return response;
  });
}

/// As session-file-store#55: a request that changes nothing writes back what it has read before.
HandlerFactory touches_what_it_has_read() {
  return with(Database{}, [](Database& database, const Request& request) {
    Dialogue& truth = database[pair_of(request)];
    const std::string text = truth.turn(body_of(request));
    if (body_of(request) != "status") return reply(text).set_cookie("copy=" + truth.pack());
    if (const auto copy = request.cookie("copy")) truth = Dialogue::unpack(*copy);
    return reply(text);
  });
}

/// The cart of close requests as it should be: in the database, by pair.
HandlerFactory adds_to_one_cart() {
  return with(std::map<Pair, std::string>{}, [](auto& carts, const Request& request) {
    std::string& cart = carts[pair_of(request)];
    if (body_of(request) == "show") return reply("Cart: " + cart);
    cart = with_item(cart, body_of(request));
    return reply("Added.").set_cookie("cart=" + cart);
  });
}

}  // namespace

Entries close_requests() {
  const std::vector<std::string> shop{"ham", "cheese", "show"};
  const std::vector<std::string> asked_between{"order", "2 large", "status", "yes"};
  return {
      // The second message has no cookie yet, and its answer's goes over that of the first.
      {.name = "carries_its_cart",
       .shape = "the first of two close updates is lost",
       .app = carries_its_cart(),
       .say = shop,
       .expected = R"(cookie-missing: "ham", "cheese", "show"; no fault)",
       .gaps = {kClose},
       .over_http = true},
      // The third message still comes with the first session's id, when the second is set.
      {.name = "opens_a_session_each",
       .shape = "two close requests, two sessions",
       .app = opens_a_session_each(),
       .say = shop,
       .expected = R"(cookie-stale: "ham", "cheese", "show"; no fault)",
       .gaps = {kClose, kClose},
       .over_http = true},
      {.name = "touches_what_it_has_read",
       .shape = "an old copy written back by the second of two close requests",
       .app = touches_what_it_has_read(),
       .say = asked_between,
       .expected = R"(cookie-stale: "order", "2 large", "status", "yes"; no fault)",
       .gaps = {seconds(10), kClose}},
      {.name = "touches_what_it_has_read",
       .shape = "an old copy written back",
       .app = touches_what_it_has_read(),
       .say = asked_between,
       .expected =
           R"(cookie-missing: "order", "2 large", "status", "yes"; lost-write at delivery 2)"},
      {.name = "touches_what_it_has_read",
       .shape = "an old copy written back, by a race",
       .app = touches_what_it_has_read(),
       .say = asked_between,
       .expected = R"(race: "order", "2 large", "status", "yes"; late-write d=1 at delivery 2)",
       .properties = "race"},
      {.name = "adds_to_one_cart",
       .shape = "close requests to one cart in the database",
       .app = adds_to_one_cart(),
       .say = shop,
       .gaps = {kClose, kClose},
       .over_http = true},
  };
}

}  // namespace crumbproof::zoo
