#include <crumbproof/asio.hpp>
#include <crumbproof/catch2.hpp>
#include <crumbproof/core.hpp>
#include <crumbproof/http.hpp>
#include <crumbproof/rapidcheck/catch.hpp>

#include "server.hpp"

using namespace crumbproof;

namespace {

/// The very server of main.cpp, in simulated time.
App in_simulated_time() {
  return simulated::server([](asio::Context& context, asio::Acceptor acceptor) {
    auto serving = listen<asio::Stream>(std::move(acceptor), std::make_shared<Shop>());
    net::co_spawn(context, std::move(serving), net::detached);
  });
}

/// The same over a socket: the program that main.cpp makes, which the suite starts and ends.
[[maybe_unused]] App over_a_socket() {
  return crumbproof::http::started_by("PORT=18080 ./pizza_server", "http://127.0.0.1:18080/sms");
}

// The one line to change.
App pizza_server() { return in_simulated_time(); }

Scenario dialogue() {
  return Scenario{}
      .say({"order", "2 large", "yes"})
      .properties(
          "cookie-missing,cookie-stale,no-crash,race,loop-free,duplicate-safe,cookie-authority");
}

}  // namespace

CRUMBPROOF_TEST_CASE("an order survives lost cookies, races and doubled webhooks", "[order]",
                     pizza_server(), dialogue())

TEST_CASE("so does whatever is said") {
  Examiner examiner(pizza_server(), dialogue());
  rapidcheck::prop("any conversation, any faults", [&] {
    const auto schedule = *rapidcheck::gen::schedules(
        rapidcheck::Alphabet{{{"order", 3}, {"2 large", 2}, {"yes", 2}, {"hello", 1}}});
    const Examined examined = examiner.examine(schedule);
    INFO(examined.text);
    RC_ASSERT(examined.holds());
  });
}
