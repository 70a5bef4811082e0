// A test program of what is beside core and http.

#define CATCH_CONFIG_MAIN
#include <crumbproof/asio.hpp>
#include <crumbproof/catch2.hpp>
#include <crumbproof/core.hpp>
#include <crumbproof/rapidcheck.hpp>
#include <crumbproof/rapidcheck/catch.hpp>

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

using namespace crumbproof;

namespace {

/// Counts its messages, whatever they say.
App counting() {
  return simulated::handler([](asio::Context&) {
    return [n = std::make_shared<int>()](const Request&) -> boost::asio::awaitable<Response> {
      co_return Response::twiml("<Response><Message>" + std::to_string(++*n) +
                                "</Message></Response>");
    };
  });
}

}  // namespace

TEST_CASE("an Asio handler is judged by Catch2") {
  CRUMBPROOF_CHECK(counting(), Scenario{}.say({"hi", "hi again"}));
}

TEST_CASE("and by RapidCheck") {
  Examiner examiner(counting(), Scenario{});
  rapidcheck::prop("any schedule", [&](const Schedule& schedule) {
    RC_ASSERT(examiner.examine(schedule).holds());
  });
}
