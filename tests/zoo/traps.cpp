#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "parts.hpp"
#include "registry.hpp"
#include <fmt/format.h>

namespace crumbproof::zoo {

namespace {

using twilio::Request;
using twilio::Response;

/// What an app draws goes on from execution to execution, as it would in a process of its own.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed * 2654435761U + 12345U) {}

  /// A number below that.
  std::uint32_t operator()(std::uint32_t below) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 16U) % below;
  }

 private:
  std::uint32_t state_;
};

std::string worded(Dice& dice, const std::string& text) {
  constexpr std::array<const char*, 3> kGreetings{"Hello there! ",
                                                  "Hi, good to hear from you: ", ""};
  return kGreetings.at(dice(kGreetings.size())) + text;
}

/// A sound app that says `words` of the text.
template <class Words>
HandlerFactory sound(std::uint32_t seed, Words words) {
  const auto dice = std::make_shared<Dice>(seed);
  return with(Database{}, [dice, words](Database& database, const Request& request) {
    const std::string text = database[pair_of(request)].turn(body_of(request));
    return reply(words(*dice, text)).set_cookie("seen=1");
  });
}

std::string at_time(std::uint32_t now) {
  return fmt::format("{:02}:{:02}:{:02}", now / 3600 % 24, now / 60 % 60, now % 60);
}

HandlerFactory greets_by_time_of_day(std::uint32_t seed) {
  const auto hour = std::make_shared<std::uint32_t>(seed);
  return sound(seed, [hour](Dice& dice, const std::string& text) {
    constexpr std::array<const char*, 3> kDay{"morning", "afternoon", "evening"};
    *hour += dice(3);
    return fmt::format("Good {}. {}", kDay.at(*hour % kDay.size()), text);
  });
}

HandlerFactory varies_in_all_ways(std::uint32_t seed) {
  const auto now = std::make_shared<std::uint32_t>(seed * 61);
  return sound(seed, [now](Dice& dice, const std::string& text) {
    *now += 1 + dice(40);
    return fmt::format("{} It is {}. Your code is {:x}-{:x}, keep it.", worded(dice, text),
                       at_time(*now), dice(60000), dice(60000));
  });
}

/// The same cookie, written in several ways.
HandlerFactory changes_its_cookie_markup(std::uint32_t seed) {
  const auto dice = std::make_shared<Dice>(seed);
  return with(Database{}, [dice](Database& database, const Request& request) {
    constexpr std::array<const char*, 3> kWritten{
        "seen=1; Path=/; HttpOnly", "seen=1; HttpOnly; Path=/", "seen=1;path=/;httponly"};
    return reply(database[pair_of(request)].turn(body_of(request)))
        .set_cookie(kWritten.at((*dice)(kWritten.size())));
  });
}

/// Who has no number yet gets one, and nothing else depends on it.
HandlerFactory draws_a_tracking_cookie(std::uint32_t seed) {
  const auto dice = std::make_shared<Dice>(seed);
  return with(Database{}, [dice](Database& database, const Request& request) {
    Response response = reply(database[pair_of(request)].turn(body_of(request)));
    if (request.cookie("_ga")) return response;
    return response.set_cookie(
        fmt::format("_ga=GA1.{}.{}; Max-Age=7200", (*dice)(60000), (*dice)(60000)));
  });
}

/// Some milliseconds for each answer, another time each time.
HandlerFactory takes_its_time(std::uint32_t seed) {
  return sound(seed, [](Dice& dice, const std::string& text) {
    std::this_thread::sleep_for(std::chrono::milliseconds(dice(4)));
    return text;
  });
}

}  // namespace

HandlerFactory words_at_random(std::uint32_t seed) { return sound(seed, worded); }

HandlerFactory tells_the_time(std::uint32_t seed) {
  const auto now = std::make_shared<std::uint32_t>(seed * 61);
  return sound(seed, [now](Dice& dice, const std::string& text) {
    *now += 1 + dice(40);
    return fmt::format("[{}] {}", at_time(*now), text);
  });
}

HandlerFactory gives_random_tokens(std::uint32_t seed) {
  return sound(seed, [](Dice& dice, const std::string& text) {
    return fmt::format("{} Your code is {:x}-{:x}, keep it.", text, dice(60000), dice(60000));
  });
}

HandlerFactory counts_visitors(std::uint32_t seed) {
  const auto visitors = std::make_shared<std::uint32_t>(seed);
  return sound(seed, [visitors](Dice& /*dice*/, const std::string& text) {
    return fmt::format("Visitor {}: {}", ++*visitors, text);
  });
}

HandlerFactory changes_its_markup(std::uint32_t seed) {
  const auto dice = std::make_shared<Dice>(seed);
  return with(Database{}, [dice](Database& database, const Request& request) {
    const std::string text = database[pair_of(request)].turn(body_of(request));
    const std::string space = (*dice)(2) == 0 ? "" : "\n  ";
    const char* const attributes = (*dice)(2) == 0 ? R"(to="+14155550100" from="+15005550006")"
                                                   : R"(from="+15005550006" to="+14155550100")";
    return Response::twiml(fmt::format("<Response>{}<Message {}><Body>{}{}</Body></Message>{}"
                                       "</Response>",
                                       space, attributes, space, text, space))
        .set_cookie("seen=1");
  });
}

HandlerFactory limits_its_rate(std::uint32_t /*seed*/) {
  struct Limited {
    Database database;
    std::map<Pair, int> messages;
  };
  return with(Limited{}, [](Limited& state, const Request& request) {
    if (++state.messages[pair_of(request)] > 2) return reply("Slow down, please.");
    return reply(state.database[pair_of(request)].turn(body_of(request))).set_cookie("seen=1");
  });
}

HandlerFactory words_at_random_in_session(std::uint32_t seed) {
  struct Sessions {
    std::map<std::string, Dialogue> by_id;
  };
  const auto dice = std::make_shared<Dice>(seed);
  return with(Sessions{}, [dice](Sessions& sessions, const Request& request) {
    const auto cookie = request.cookie("sid");
    const std::string sid =
        cookie ? std::string(*cookie) : fmt::format("s{}", sessions.by_id.size());
    return reply(worded(*dice, sessions.by_id[sid].turn(body_of(request))))
        .set_cookie("sid=" + sid);
  });
}

HandlerFactory forgets_at_random(std::uint32_t seed) {
  const auto dice = std::make_shared<Dice>(seed);
  return with(Database{}, [dice](Database& database, const Request& request) {
    const std::string text = database[pair_of(request)].turn(body_of(request));
    return reply((*dice)(2) == 0 ? "Sorry, who is this?" : text).set_cookie("seen=1");
  });
}

Entries varying(std::uint32_t seed) {
  const auto trap = [](const char* name, const char* shape, HandlerFactory app) {
    return Entry{.name = name, .shape = shape, .app = std::move(app), .say = kPizza};
  };
  Entries entries{
      trap("draws_its_words", "another wording each second time", draws_its_words()),
      trap("words_at_random", "random choice of wording", words_at_random(seed)),
      trap("tells_the_time", "time of day", tells_the_time(seed)),
      trap("greets_by_time_of_day", "time of day, in words", greets_by_time_of_day(seed)),
      trap("gives_random_tokens", "random token", gives_random_tokens(seed)),
      trap("counts_visitors", "a global visitor counter", counts_visitors(seed)),
      trap("numbers_its_tickets", "a number in the midst of a reply", numbers_its_tickets()),
      trap("varies_in_all_ways", "time, token and wording at once", varies_in_all_ways(seed)),
      trap("changes_its_markup", "changing whitespace and attribute order",
           changes_its_markup(seed)),
      trap("changes_its_cookie_markup", "a cookie written in several ways",
           changes_its_cookie_markup(seed)),
      trap("draws_a_tracking_cookie", "a random cookie, set once", draws_a_tracking_cookie(seed)),
      trap("limits_its_rate", "rate limits per pair", limits_its_rate(seed)),
      trap("takes_its_time", "slow answers", takes_its_time(seed)),
  };
  entries.back().slow = true;
  for (Entry& entry : entries) {
    entry.over_http =
        entry.slow || entry.name == "counts_visitors" || entry.name == "limits_its_rate";
  }
  entries.push_back({.name = "words_at_random_in_session",
                     .shape = "a dependency behind random words",
                     .app = words_at_random_in_session(seed),
                     .say = kPizza,
                     .expected = R"(cookie-missing: "order", "2 large"; missing at delivery 2)"});
  return entries;
}

}  // namespace crumbproof::zoo
