#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "zoo.hpp"

/// What the zoo's apps are put together from.
namespace crumbproof::zoo {

using Pair = std::pair<std::string, std::string>;

inline Pair pair_of(const twilio::Request& request) {
  return {std::string(request.parameter("From")), std::string(request.parameter("To"))};
}

using Database = std::map<Pair, Dialogue>;
/// How many messages each pair has sent.
using Counts = std::map<Pair, int>;

inline std::string body_of(const twilio::Request& request) {
  return std::string(request.parameter("Body"));
}

/// A factory of apps that each begin with a `State` of their own.
template <class State, class Answer>
HandlerFactory with(State initial, Answer answer) {
  return [initial, answer]() -> target::Handler {
    auto state = std::make_shared<State>(initial);
    return [state, answer](const twilio::Request& request) { return answer(*state, request); };
  };
}

/// The app, but a webhook that comes again is answered as the first time, and changes nothing.
inline HandlerFactory once_per_sid(HandlerFactory app) {
  return [app = std::move(app)]() -> target::Handler {
    auto answers = std::make_shared<std::map<std::string, twilio::Response>>();
    return [handler = app(), answers](const twilio::Request& request) {
      const std::string sid(request.parameter("MessageSid"));
      auto known = answers->find(sid);
      if (known == answers->end()) known = answers->emplace(sid, handler(request)).first;
      return known->second;
    };
  };
}

}  // namespace crumbproof::zoo
