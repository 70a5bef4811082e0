#pragma once

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

}  // namespace crumbproof::zoo
