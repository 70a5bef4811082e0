#include <crumbproof/cli/run.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "../serving/app_server.hpp"
#include "parsed.hpp"
#include "stage.hpp"
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

/// What comes back to that request, on a connection of its own that it asks to be closed.
std::string asked(std::uint16_t port, const std::string& request) {
  using boost::asio::ip::tcp;
  boost::asio::io_context context;
  tcp::socket socket(context);
  socket.connect({boost::asio::ip::address_v4::loopback(), port});
  boost::asio::write(socket, boost::asio::buffer(request));
  std::string answer;
  boost::system::error_code end;
  boost::asio::read(socket, boost::asio::dynamic_buffer(answer), end);
  return answer;
}

std::string text_from(const std::string& from, const std::string& text) {
  const std::string form = twilio::form_encode(
      {{"MessageSid", "SM" + text}, {"From", from}, {"To", "+15005550006"}, {"Body", text}});
  return "POST /sms HTTP/1.1\r\nHost: app\r\nConnection: close\r\nCookie: a=1\r\nContent-Type: "
         "application/x-www-form-urlencoded\r\nContent-Length: " +
         std::to_string(form.size()) + "\r\n\r\n" + form;
}

/// Says back what it is told, of each sender how many texts there were.
target::HandlerFactory counting() {
  return [] {
    return [texts = std::map<std::string, int>()](const twilio::Request& request) mutable {
      const int count = ++texts[std::string(request.parameter("From"))];
      return twilio::Response::twiml("<Response><Message>" + std::to_string(count) +
                                     "</Message></Response>");
    };
  };
}

std::string app_origin(const AppServer& app) {
  return app.url().substr(0, app.url().size() - std::string_view("/sms").size());
}

/// Runs `proxy` before that app, until all of these requests are answered.
int run_proxy(
    Stage& stage, const AppServer& app, std::vector<std::string> options,
    const std::vector<std::string>& requests,
    const std::function<bool()>& may_end = [] { return true; }) {
  std::atomic<bool> done{false};
  std::thread sender;
  stage.environment.interrupted = [&] {
    if (!sender.joinable()) {
      const std::string said = stage.err();
      const std::size_t at = said.find("127.0.0.1:") + 10;
      const auto port = static_cast<std::uint16_t>(std::stoul(said.substr(at)));
      sender = std::thread([&, port] {
        for (const std::string& request : requests) asked(port, request);
        done = true;
      });
    }
    return done.load() && may_end();
  };
  std::vector<std::string> args{"proxy", "--listen", "0", "--to", app_origin(app)};
  args.insert(args.end(), options.begin(), options.end());
  const int code = stage.run(args);
  if (sender.joinable()) sender.join();
  return code;
}

const std::string kAnn = "+14155550101";
const std::string kBob = "+14155550102";

}  // namespace

TEST_CASE("proxy forwards, tells what it has done, and sums up") {
  AppServer app(counting());
  Stage stage;
  CHECK(
      run_proxy(stage, app,
                {"--fault", "missing=1", "--fault", "drop=0", "--seed", "7", "--log", "log.ndjson"},
                {text_from(kAnn, "one"), text_from(kBob, "two"),
                 "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"}) == 0);
  CHECK_THAT(
      stage.err(),
      Catch::Matches("crumbproof: listening at 127\\.0\\.0\\.1:[0-9]+, forwarding to "
                     "http://127\\.0\\.0\\.1:[0-9]+; missing=1, seed 7\n"
                     " +[0-9.]+ s  \\.\\.0101 to \\.\\.0006  delivery 1  missing: the Cookie "
                     "header was withheld; answered 200 in [0-9]+ ms\n"
                     " +[0-9.]+ s  \\.\\.0102 to [^\n]*\n"));
  CHECK(stage.out() == "2 webhooks of 2 pairs, 1 other request\n  missing        2\n");
  CHECK_THAT(stage.folder.read("log.ndjson"),
             Catch::Contains("\"faults\":[{\"kind\":\"missing\",") &&
                 Catch::Contains("\"request\":\"GET /health\""));
  REQUIRE(app.requests().size() == 3);
  CHECK(app.requests().front().find("Cookie") == std::string::npos);
}

TEST_CASE("proxy says each request on demand, or none") {
  AppServer app(counting());
  Stage verbose;
  run_proxy(verbose, app, {"--verbose"}, {text_from(kAnn, "one")});
  CHECK_THAT(verbose.err(),
             Catch::Contains("; no faults\n") && Catch::Contains("delivery 1  answered 200 in "));
  Stage plain;
  run_proxy(plain, app, {}, {text_from(kAnn, "one")});
  CHECK_THAT(plain.err(), !Catch::Contains("delivery 1"));
}

TEST_CASE("proxy says for whom it signs, and what was not signed") {
  AppServer app(counting());
  Stage stage;
  stage.environment.variables["TWILIO_AUTH_TOKEN"] = "secret";
  run_proxy(stage, app, {"--app-url", "https://app.internal"}, {text_from(kAnn, "one")});
  CHECK_THAT(stage.err(), Catch::Contains("; signing for https://app.internal; no faults\n") &&
                              Catch::Contains("there is no signature, passed on as it is; ") &&
                              !Catch::Contains("secret"));
  CHECK_THAT(stage.out(), Catch::Contains("1 webhook without a right signature\n"));
}

TEST_CASE("what proxy records, check runs") {
  AppServer app(counting());
  Stage stage;
  CHECK(run_proxy(stage, app, {"--record", "seen.yaml"},
                  {text_from(kAnn, "order"), text_from(kBob, "it's: \"#1\"\n{x}"),
                   text_from(kAnn, "yes"), text_from(kAnn, "yes")}) == 0);
  CHECK_THAT(stage.err(), Catch::Contains("crumbproof: warning: seen.yaml will hold what people "
                                          "write; --anonymize replaces it\n"));
  CHECK_THAT(stage.out(),
             Catch::Contains("3 messages of 2 conversations recorded; try them with: crumbproof "
                             "check URL --scenario seen.yaml\n"));

  const cli::Wishes wishes = cli::parse_scenario(stage.folder.read("seen.yaml"), "seen.yaml");
  REQUIRE(wishes.scripts);
  REQUIRE(wishes.scripts->size() == 2);
  const auto& first = wishes.scripts->front().messages;
  REQUIRE(first.size() == 2);
  CHECK(first[0].body == "order");
  CHECK(first[1].body == "yes");
  CHECK(first[1].at - first[0].at < std::chrono::seconds(60));
  CHECK(wishes.scripts->back().messages.front().body == "it's: \"#1\"\n{x}");

  Stage checking;
  checking.folder.write("seen.yaml", stage.folder.read("seen.yaml"));
  CHECK(checking.run({"check", app.url(), "--scenario", "seen.yaml", "--max-faults", "1"}) == 0);
  CHECK_THAT(checking.out(), Catch::StartsWith("PASS"));
}

TEST_CASE("proxy records other words than people have written, on request") {
  AppServer app(counting());
  Stage stage;
  CHECK(run_proxy(stage, app, {"--record", "seen.yaml", "--anonymize", "--keep-word", "order"},
                  {text_from(kAnn, "order for Ann Smith"), text_from(kAnn, "STOP")}) == 0);
  CHECK(stage.err().find("warning") == std::string::npos);
  const std::string recorded = stage.folder.read("seen.yaml");
  CHECK_THAT(recorded, Catch::Contains("{text: \"order ") && Catch::Contains("{text: \"STOP\"") &&
                           !Catch::Contains("Smith") && !Catch::Contains("0101"));
  CHECK(complaint(recorded).empty());
}

TEST_CASE("a recording is written while the proxy runs") {
  AppServer app(counting());
  Stage stage;
  stage.environment.report_every = std::chrono::milliseconds(0);
  int turns = 0;
  bool there = false;
  run_proxy(stage, app, {"--record", "seen.yaml"}, {text_from(kAnn, "order")}, [&] {
    there = !stage.folder.names().empty();
    return there || ++turns > 20;
  });
  CHECK(there);
  CHECK(complaint(stage.folder.read("seen.yaml")).empty());
}

TEST_CASE("a recording without a message is not written") {
  AppServer app(counting());
  Stage stage;
  run_proxy(stage, app, {"--record", "seen.yaml", "--anonymize"}, {});
  CHECK(stage.folder.names().empty());
  CHECK_THAT(stage.out(), Catch::Contains("no message came, so seen.yaml was not written\n"));
}

TEST_CASE("what proxy cannot do is one line on stderr, exit code 2, and nothing written") {
  struct Refusal {
    std::vector<std::string> more;
    std::string expected;
  };
  const auto [more, expected] = GENERATE(values<Refusal>({
      {{"--fault", "missing"}, "--fault: \"missing\" has no rate; write it like missing=0.05"},
      {{"--fault", "stael=1"}, "--fault: there is no fault \"stael\"; did you mean \"stale\"?"},
      {{"--fault", "drop=1.5"},
       "--fault: drop: \"1.5\" is no rate, which is a number from 0 to 1, as in 0.05"},
      {{"--faults", "drop"}, "proxy has no option --faults; did you mean --fault?"},
      {{"--outage-length", "0"}, "--outage-length: \"0\" is no whole number from 1 to 1000000"},
      {{"--hold", "1h"}, "--hold: \"1h\" is no number of seconds above 0 and up to 60"},
      {{"--lost-as", "500"}, "--lost-as: \"500\" is neither 502 nor timeout"},
      {{"--public-url", "https://sms.example.com"},
       "--public-url: nothing can be said of signatures without a token; set TWILIO_AUTH_TOKEN"},
      {{"--refuse-unsigned"},
       "--refuse-unsigned: nothing can be said of signatures without a token; set "
       "TWILIO_AUTH_TOKEN"},
      {{"--auth-token", "t", "--app-url", "http://app/sms"},
       "--app-url: each request has its own path and query; write http://app"},
      {{"--anonymize"}, "--anonymize: nothing is recorded without --record FILE"},
      {{"--record", "x.yaml", "--keep-word", "order"},
       "--keep-word: no word is replaced without --anonymize"},
      {{"--record", "none/x.yaml"}, "none/x.yaml: cannot be written: its folder does not exist"},
      {{"--log", ""}, "--log: the name of a file to write is empty"},
      {{"--log", "none/x"}, "none/x: cannot be written: No such file or directory"},
      {{"--cacert", "none.pem"},
       "--cacert: none.pem holds no certificate that can be used: No such file or directory"},
  }));
  Stage stage;
  std::vector<std::string> args{"proxy", "--listen", "0", "--to", "http://127.0.0.1:9"};
  args.insert(args.end(), more.begin(), more.end());
  CHECK(stage.run(args) == 2);
  CHECK(stage.err() == "crumbproof: " + expected + "\n");
  CHECK(stage.out().empty());
  CHECK(stage.folder.names().empty());
}

TEST_CASE("proxy needs an address to listen at and one to forward to, on this machine") {
  struct Refusal {
    std::vector<std::string> args;
    std::string expected;
  };
  const auto [args, expected] = GENERATE(values<Refusal>({
      {{"proxy"}, "proxy needs --listen, as in --listen 127.0.0.1:8080"},
      {{"proxy", "--listen", "0"}, "proxy needs --to, as in --to http://127.0.0.1:3000"},
      {{"proxy", "--listen", "x:1"},
       "--listen: \"x:1\" is no address to listen at; write it like 127.0.0.1:8080, or 8080 alone"},
      {{"proxy", "--listen", "[::1]:x"}, "--listen: \"x\" is no whole number from 0 to 65535"},
      {{"proxy", "--listen", "0.0.0.0:0", "--to", "http://127.0.0.1:9"},
       "--listen: other machines can reach 0.0.0.0; --allow-remote permits that"},
      {{"proxy", "--listen", "0", "--to", "http://example.com"},
       "--to: example.com is not on this machine; --allow-remote permits requests to other hosts"},
      {{"proxy", "--listen", "0", "--to", "http://127.0.0.1:9/sms"},
       "--to: each request has its own path and query; write http://127.0.0.1:9"},
      {{"proxy", "--listen", "1.2.3:0", "--to", "http://127.0.0.1:9", "--allow-remote"},
       "--listen: 1.2.3:0 cannot be listened at: Invalid argument"},
  }));
  Stage stage;
  CHECK(stage.run(args) == 2);
  CHECK(stage.err() == "crumbproof: " + expected + "\n");
}
