#include <crumbproof/target/watchdog.hpp>

#include <chrono>
#include <cstdlib>
#include <future>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::target;
using namespace std::chrono_literals;

TEST_CASE("a watchdog names the delivery from which the app does not return") {
  std::promise<std::string> barked;
  Watchdog dog(1ms, [&](const std::string& line) {
    // The one before may be held up by the machine for as long.
    if (line.find("delivery 6 ") == std::string::npos) barked.set_value(line);
  });
  { const Watchdog::Watch over(dog, DeliveryNumber(6)); }
  const Watchdog::Watch watch(dog, DeliveryNumber(7));
  std::future<std::string> line = barked.get_future();
  REQUIRE(line.wait_for(60s) == std::future_status::ready);
  CHECK_THAT(line.get(),
             Catch::StartsWith("crumbproof: the app has not returned from delivery 7 for 1 ms "
                               "of real time"));
}

TEST_CASE("it barks once for one turn, and again for the next") {
  std::promise<void> first;
  std::promise<void> second;
  int barks = 0;
  Watchdog dog(1ms, [&](const std::string&) {
    ++barks;
    if (barks == 1) first.set_value();
    if (barks == 2) second.set_value();
  });
  {
    const Watchdog::Watch watch(dog, DeliveryNumber(1));
    first.get_future().wait();
  }
  const Watchdog::Watch watch(dog, DeliveryNumber(2));
  second.get_future().wait();
  CHECK(barks == 2);
}

TEST_CASE("a limit of 0 watches nothing, and no thread is started") {
  Watchdog dog(0ms, [](const std::string&) { FAIL("barked"); });
  const Watchdog::Watch watch(dog, DeliveryNumber(1));
}

TEST_CASE("its limit is 30 s, or whole seconds from the environment") {
  constexpr const char* kName = "CRUMBPROOF_WATCHDOG";
  const auto limit_of = [](const char* text) {
    ::setenv(kName, text, 1);
    const auto limit = Watchdog::default_limit();
    ::unsetenv(kName);
    return limit;
  };
  ::unsetenv(kName);
  CHECK(Watchdog::default_limit() == 30s);
  CHECK(limit_of("7") == 7s);
  CHECK(limit_of("0") == 0s);
  for (const char* const none : {"", "7 s", "-1", "1.5", "for ever", "99999999999"}) {
    CAPTURE(none);
    CHECK(limit_of(none) == 30s);
  }
}

TEST_CASE("a request that no message causes is named as one") {
  std::promise<std::string> barked;
  Watchdog dog(1ms, [&](const std::string& line) { barked.set_value(line); });
  const Watchdog::Watch watch(dog, DeliveryNumber());
  CHECK_THAT(barked.get_future().get(),
             Catch::StartsWith("crumbproof: the app has not returned from a request for 1 ms of "));
}
