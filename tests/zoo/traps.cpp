#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "parts.hpp"
#include <fmt/format.h>

namespace crumbproof::zoo {

namespace {

using twilio::Request;
using twilio::Response;

using Database = std::map<Pair, Dialogue>;

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

}  // namespace

HandlerFactory words_at_random(std::uint32_t seed) { return sound(seed, worded); }

HandlerFactory tells_the_time(std::uint32_t seed) {
  const auto now = std::make_shared<std::uint32_t>(seed * 61);
  return sound(seed, [now](Dice& dice, const std::string& text) {
    *now += 1 + dice(40);
    return fmt::format("[{:02}:{:02}:{:02}] {}", *now / 3600 % 24, *now / 60 % 60, *now % 60, text);
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

}  // namespace crumbproof::zoo
