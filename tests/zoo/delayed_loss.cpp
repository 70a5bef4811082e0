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

/// Works without its cookie up to the message before that one.
HandlerFactory needs_its_cookie_from(int message) {
  return with(Counts{}, [message](Counts& counts, const Request& request) {
    const int count = ++counts[pair_of(request)];
    const bool lost = count >= message && !request.cookie("paid");
    return reply(lost ? "Your free messages are used up." : fmt::format("Message {}.", count))
        .set_cookie("paid=1");
  });
}

/// One missing cookie after another; one that comes between makes up for the first.
HandlerFactory forgets_after_two_misses_in_a_row() {
  struct Watched {
    Dialogue dialogue;
    int misses = 0;
    bool begun = false;
  };
  return with(std::map<Pair, Watched>{}, [](auto& database, const Request& request) {
    Watched& state = database[pair_of(request)];
    state.misses = state.begun && !request.cookie("seen") ? state.misses + 1 : 0;
    if (state.misses == 2) state.dialogue = {};
    state.begun = true;
    return reply(state.dialogue.turn(body_of(request))).set_cookie("seen=1");
  });
}

/// What is wrong by then is seen when the score is asked for.
HandlerFactory scores_in_cookie() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    const std::string body = body_of(request);
    if (body == "start") return reply("First question.").set_cookie("score=0");
    const auto cookie = request.cookie("score");
    const int score = cookie ? std::stoi(std::string(*cookie)) : 0;
    if (body == "score") return reply(fmt::format("{} right.", score));
    return reply("Next question.").set_cookie(fmt::format("score={}", score + 1));
  });
}

struct Checkpoint {
  Dialogue saved;
  int version = 0;
};

/// The latest state is in the cookie, with its version; the database gets each second one.
HandlerFactory saves_each_second_time() {
  return once_per_sid(
      with(std::map<Pair, Checkpoint>{}, [](auto& database, const Request& request) {
        Checkpoint& kept = database[pair_of(request)];
        const auto cookie = request.cookie("copy");
        const std::string current = fmt::format("{}|", kept.version);
        Dialogue dialogue = cookie && cookie->starts_with(current)
                                ? Dialogue::unpack(cookie->substr(current.size()))
                                : kept.saved;
        const std::string text = dialogue.turn(body_of(request));
        if (++kept.version % 2 == 1) kept.saved = dialogue;
        return reply(text).set_cookie(fmt::format("copy={}|{}", kept.version, dialogue.pack()));
      }));
}

struct Recovering {
  Dialogue dialogue;
  int version = 0;
  bool recovering = false;
};

/// An old cookie is refused, unless the one before was missing: then it is what there is to recover
/// from.
HandlerFactory recovers_from_any_cookie() {
  return once_per_sid(with(std::map<Pair, Recovering>{}, [](auto& database,
                                                            const Request& request) {
    Recovering& kept = database[pair_of(request)];
    if (const auto cookie = request.cookie("copy")) {
      const std::string current = fmt::format("{}|", kept.version);
      if (kept.recovering && !cookie->starts_with(current)) {
        kept.dialogue = Dialogue::unpack(cookie->substr(cookie->find('|') + 1));
      }
      kept.recovering = false;
    } else {
      kept.recovering = kept.version > 0;
    }
    const std::string text = kept.dialogue.turn(body_of(request));
    ++kept.version;
    return reply(text).set_cookie(fmt::format("copy={}|{}", kept.version, kept.dialogue.pack()));
  }));
}

/// Three, and not two.
HandlerFactory survives_two_versions_back() {
  return with(Counts{}, [](Counts& versions, const Request& request) {
    int& version = versions[pair_of(request)];
    const auto cookie = request.cookie("v");
    const bool old = cookie && std::stoi(std::string(*cookie)) < version - 2;
    return reply(old ? "You said that already." : "Noted.")
        .set_cookie(fmt::format("v={}", ++version));
  });
}

}  // namespace

Entries delayed_loss() {
  return {
      {.name = "needs_its_cookie_at 4",
       .shape = "loss only at the fourth step",
       .app = needs_its_cookie_at(4),
       .say = {"a", "b", "c", "d"},
       .expected = R"(cookie-missing: "a", "b", "c", "d"; missing at delivery 4)",
       .over_http = true},
      {.name = "needs_its_cookie_at 6",
       .shape = "loss only at the sixth step",
       .app = needs_its_cookie_at(6),
       .say = {"a", "b", "c", "d", "e", "f"},
       .expected = R"(cookie-missing: "a", "b", "c", "d", "e", "f"; missing at delivery 6)"},
      {.name = "needs_its_cookie_from 6",
       .shape = "only from the sixth message on",
       .app = needs_its_cookie_from(6),
       .say = {"a", "b", "c", "d", "e", "f", "g"},
       .expected = R"(cookie-missing: "a", "b", "c", "d", "e", "f"; missing at delivery 6)"},
      {.name = "forgets_after_two_misses",
       .shape = "two misses",
       .app = forgets_after_two_misses(),
       .say = kPizza,
       .expected = R"(cookie-missing: "order", "2 large", "yes"; outage at delivery 2)"},
      {.name = "forgets_after_two_misses_in_a_row",
       .shape = "two misses in a row",
       .app = forgets_after_two_misses_in_a_row(),
       .say = kPizza,
       .expected = R"(cookie-missing: "order", "2 large", "yes"; outage at delivery 2)"},
      {.name = "forgets_after_two_misses_in_a_row",
       .shape = "two misses in a row, each by a fault of its own",
       .app = forgets_after_two_misses_in_a_row(),
       .say = {"order", "2 large", "status", "yes"},
       .expected = R"(cookie-missing: "order", "2 large", "status"; missing at delivery 2, )"
                   R"(missing at delivery 3)",
       .faults = "missing"},
      // At the second message a missing score is as good as one of 0.
      {.name = "scores_in_cookie",
       .shape = "a score in the cookie, which shows at the end",
       .app = scores_in_cookie(),
       .say = {"start", "a", "b", "score"},
       .expected = R"(cookie-missing: "start", "a", "b", "score"; missing at delivery 3)"},
      // What the database holds at the second message is up to date.
      {.name = "saves_each_second_time",
       .shape = "a database that lags behind the cookie",
       .app = saves_each_second_time(),
       .say = kPizza,
       .expected = R"(cookie-missing: "order", "2 large", "yes"; missing at delivery 3)"},
      // Neither does it alone; what is lost has to be the answer to the very message that lacked
      // its cookie, so that the next one brings that of before.
      {.name = "recovers_from_any_cookie",
       .shape = "an old cookie, only after a missing one",
       .app = recovers_from_any_cookie(),
       .say = kPizza,
       .expected = R"(cookie-missing: "order", "2 large", "yes"; missing at delivery 2, )"
                   R"(lost-write at delivery 2)"},
      {.name = "survives_two_versions_back",
       .shape = "three versions back",
       .app = survives_two_versions_back(),
       .say = {"a", "b", "c", "d", "e"},
       .expected = R"(cookie-stale: "a", "b", "c", "d", "e"; stale k=3 at delivery 5)"},
  };
}

}  // namespace crumbproof::zoo
