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

struct Record {
  std::string name = "nobody";
  std::string city = "somewhere";
};

/// Each change is made to the copy at hand, and the whole record written: the last one wins.
HandlerFactory writes_the_whole_record() {
  return with(std::map<Pair, Record>{}, [](auto& database, const Request& request) {
    Record& truth = database[pair_of(request)];
    const std::string body = body_of(request);
    if (body == "who") return reply(fmt::format("{} {}", truth.name, truth.city));
    Record record = truth;
    if (const auto copy = request.cookie("record")) {
      const std::size_t bar = copy->find('|');
      record = {std::string(copy->substr(0, bar)), std::string(copy->substr(bar + 1))};
    }
    (body.starts_with("in ") ? record.city : record.name) = body;
    truth = record;
    return reply("Noted.").set_cookie(fmt::format("record={}|{}", record.name, record.city));
  });
}

struct Login {
  bool in = false;
  int since = 0;  ///< messages since the last one that logged out
};

/// The cookie of before may still come with the first message after a logout, and is deleted once
/// more then; but not later.
HandlerFactory forgives_one_old_cookie() {
  return with(std::map<Pair, Login>{}, [](auto& database, const Request& request) {
    constexpr const char* kDeleted = "open=; Max-Age=0";
    Login& login = database[pair_of(request)];
    const std::string body = body_of(request);
    if (body == "login") {
      login = {true, 0};
      return reply("Welcome.").set_cookie("open=1");
    }
    if (body == "bye") {
      login = {false, 0};
      return reply("Bye.").set_cookie(kDeleted);
    }
    if (login.in) return reply("You are in.");
    ++login.since;
    if (!request.cookie("open")) return reply("You are out.");
    return login.since == 1 ? reply("You are out.").set_cookie(kDeleted) : reply("You are in.");
  });
}

/// Each answer brings a new id, and the one before is no longer known.
HandlerFactory rotates_its_session_id() {
  struct Rotating {
    Dialogue dialogue;
    int id = 0;
  };
  return with(std::map<Pair, Rotating>{}, [](auto& sessions, const Request& request) {
    Rotating& session = sessions[pair_of(request)];
    const auto id = request.cookie("sid");
    if (id && *id != std::to_string(session.id)) return reply("Your session has ended.");
    return reply(session.dialogue.turn(body_of(request)))
        .set_cookie(fmt::format("sid={}", ++session.id));
  });
}

/// Who it is speaking to is in the cookie; to a question it goes by no cookie, and sets none.
HandlerFactory knows_its_user_by_cookie() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    const std::string body = body_of(request);
    if (body == "hours") return reply("9 to 5.");
    if (body == "who") return reply(std::string(request.cookie("user").value_or("nobody")));
    return reply("Welcome.").set_cookie("user=" + body);
  });
}

}  // namespace

Entries old_copies() {
  return {
      // With the second answer lost, the third message brings a record without the city.
      {.name = "writes_the_whole_record",
       .shape = "last write wins",
       .app = writes_the_whole_record(),
       .say = {"ann", "in rome", "eve", "who"},
       .expected = R"(cookie-missing: "ann", "in rome", "eve", "who"; lost-write at delivery 2)"},
      {.name = "writes_the_whole_record",
       .shape = "last write wins, by a race",
       .app = writes_the_whole_record(),
       .say = {"ann", "in rome", "eve", "who"},
       .expected = R"(race: "ann", "in rome", "eve", "who"; late-write d=1 at delivery 2)",
       .properties = "race"},
      {.name = "forgives_one_old_cookie",
       .shape = "an old cookie after a deletion",
       .app = forgives_one_old_cookie(),
       .say = {"login", "bye", "a", "b"},
       .expected = R"(cookie-stale: "login", "bye", "a", "b"; stale k=1 at delivery 4)"},
      // With d=1 the deletion comes after it, and undoes it in turn.
      {.name = "forgives_one_old_cookie",
       .shape = "deletion undone by a late write",
       .app = forgives_one_old_cookie(),
       .say = {"login", "bye", "a", "b"},
       .expected = R"(race: "login", "bye", "a", "b"; late-write d=2 at delivery 1)",
       .properties = "race"},
      // With d=1 it is there when the next message asks for nothing, and eve's comes after it.
      {.name = "knows_its_user_by_cookie",
       .shape = "a newer value that a late write goes over",
       .app = knows_its_user_by_cookie(),
       .say = {"ann", "eve", "hours", "who"},
       .expected = R"(race: "ann", "eve", "hours", "who"; late-write d=2 at delivery 1)",
       .properties = "race"},
      {.name = "rotates_its_session_id",
       .shape = "an id that was valid once",
       .app = rotates_its_session_id(),
       .say = kPizza,
       .expected = R"(cookie-stale: "order", "2 large"; duplicate at delivery 2)"},
  };
}

}  // namespace crumbproof::zoo
