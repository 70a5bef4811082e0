#include <crumbproof/search/check.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../effort.hpp"
#include "judged_entries.hpp"
#include "same_result.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// With so many workers; with 0 the search asks the app itself. The server lives on, so each run
/// has numbers of its own.
CheckResult check_by(std::size_t workers, const zoo::Entry& entry, const AppServer& server) {
  const run::SenderSettings sending = sender_to(server.url());
  http::HttpTarget target;
  run::Runner runner(sending, target, twilio::Identities("jobs " + std::to_string(workers)));
  std::vector<std::unique_ptr<target::Target>> targets;
  for (std::size_t n = 0; n < workers; ++n) {
    targets.push_back(std::make_unique<http::HttpTarget>());
  }
  if (workers > 0) runner.employ(std::move(targets));
  Observer observer;
  return check(settings_of(entry), runner, observer);
}

}  // namespace

TEST_CASE("However many workers ask the app, the result is the same") {
  std::size_t seen = 0;
  std::size_t tried = 0;
  for (const zoo::Entry& entry : zoo::registry()) {
    if (!entry.over_http || entry.slow) continue;
    // It tells how many requests there were before, of whomever.
    if (entry.name == "counts_visitors") continue;
    // What is in flight together depends on the app's own timing, and so do the deliveries.
    if (entry.expected.find("overlap") != std::string::npos) continue;
    if (++seen % effort::times(3, 6) != 0) continue;
    CAPTURE(title(entry));
    const AppServer server(entry.app);
    const CheckResult alone = check_by(0, entry, server);
    check_same(check_by(1, entry, server), alone);
    check_same(check_by(4, entry, server), alone);
    ++tried;
  }
  CHECK(tried > effort::times(5, 2));
}

TEST_CASE("That an app has too much to do is told while the search goes on") {
  struct Notices final : Observer {
    std::vector<std::string> notices;
    void on_notice(const std::string& notice) override { notices.push_back(notice); }
  };
  const target::HandlerFactory app = []() -> target::Handler {
    return [](const twilio::Request& /*request*/) {
      return twilio::Response{429, {{"Retry-After", "0"}}, ""};
    };
  };
  target::HandlerTarget target(app);
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("busy"));
  std::vector<std::unique_ptr<target::Target>> targets;
  targets.push_back(std::make_unique<target::HandlerTarget>(app));
  runner.employ(std::move(targets));
  CheckSettings settings = pizza();
  settings.scripts = {script({"hi"})};
  Notices observer;
  CHECK(check(settings, runner, observer).verdict == Verdict::error);
  REQUIRE(observer.notices.size() == 1);
  CHECK_THAT(observer.notices.front(),
             Catch::StartsWith("the app says that it has too much to do even with one execution "));
}
