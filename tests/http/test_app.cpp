#include <crumbproof/http/app.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <memory>
#include <string>

#include "loopback_port.hpp"
#include "web_server.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

target::Exchange asked(const App& app) {
  return app.make()->send({"POST", app.url(), {{"Body", "hi"}}, {}});
}

}  // namespace

TEST_CASE("An app that a command starts is there for as long as its target") {
  std::string name;
  { name = LoopbackPort().name(); }
  const std::string url = "http://" + name + "/sms";
  const App app = http::started_by(web_server(port_of(name)), url);
  CHECK(app.memory() == App::Memory::lasting);
  {
    const auto running = app.make();
    CHECK(running->sends_together());
    CHECK(asked(http::listening_at(url)).response.status == 501);
    CHECK_THROWS_AS(app.make(), target::AppFailed);
  }
  CHECK(asked(http::listening_at(url)).ending == target::Ending::unreachable);
}

TEST_CASE("An app that listens already may remember what it was sent") {
  CHECK(http::listening_at("http://127.0.0.1:1/sms").memory() == App::Memory::lasting);
  CHECK(http::listening_at("http://127.0.0.1:1/sms").at("http://127.0.0.1:2/sms").memory() ==
        App::Memory::lasting);
}
