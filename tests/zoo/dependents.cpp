#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "parts.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::zoo {

namespace {

using twilio::Request;
using twilio::Response;

}  // namespace

HandlerFactory crashes_on_old_version() {
  return with(Counts{}, [](Counts& versions, const Request& request) -> Response {
    int& version = versions[pair_of(request)];
    const auto known = request.cookie("v");
    if (known && *known != std::to_string(version)) return {500, {}, "conflict"};
    ++version;
    return reply(body_of(request) + "?").set_cookie(fmt::format("v={}", version));
  });
}

HandlerFactory needs_its_cookie_at(int message) {
  return with(Counts{}, [message](Counts& counts, const Request& request) {
    const int count = ++counts[pair_of(request)];
    const bool lost = count == message && !request.cookie("paid");
    return reply(lost ? "Who are you?" : fmt::format("Message {}.", count)).set_cookie("paid=1");
  });
}

HandlerFactory merges_old_cart() {
  using Cart = std::set<std::string>;
  return with(std::map<Pair, Cart>{}, [](auto& carts, const Request& request) {
    Cart& cart = carts[pair_of(request)];
    if (const auto copy = request.cookie("cart"); copy && !copy->empty()) {
      cart.insert(std::string(*copy));
    }
    const std::string body = body_of(request);
    if (body == "ham") cart = {"ham"};
    if (body == "clear") cart.clear();
    const std::string content = fmt::format("{}", fmt::join(cart, "+"));
    return reply("Cart: " + content).set_cookie("cart=" + content);
  });
}

HandlerFactory survives_one_version_back() {
  return with(Counts{}, [](Counts& versions, const Request& request) {
    int& version = versions[pair_of(request)];
    const auto known = request.cookie("v");
    const bool old =
        known && *known != std::to_string(version) && *known != std::to_string(version - 1);
    ++version;
    return reply(old ? "You said that already." : fmt::format("Message {}.", version))
        .set_cookie(fmt::format("v={}", version));
  });
}

}  // namespace crumbproof::zoo
