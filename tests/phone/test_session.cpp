#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::phone;
using run::Seam;

namespace {

Texts kinds_on_offer(const Session& session, std::uint32_t pair = 0) {
  Texts kinds;
  for (const Wish& offer : session.offers(PairIndex(pair))) kinds.push_back(offer.kind);
  return kinds;
}

bool has(const Texts& kinds, const std::string& kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// Nobody listens there.
struct DownTarget final : target::Target {
  void begin_execution() override {}
  target::Exchange send(const twilio::Request& /*request*/) override {
    ++asked;
    target::Exchange exchange;
    exchange.ending = target::Ending::unreachable;
    exchange.why = target::Unreachable::refused;
    exchange.detail = "nobody listens";
    return exchange;
  }
  std::size_t asked = 0;
};

Texts froms(const std::vector<twilio::Request>& requests) {
  Texts numbers;
  for (const twilio::Request& request : requests) numbers.emplace_back(request.parameter("From"));
  return numbers;
}

}  // namespace

TEST_CASE("Each text goes to the app once, however often the schedule is run again") {
  Stage stage;
  for (const std::string body : {"a", "b", "c"}) stage.say(body);
  CHECK(stage.replies() == Texts{"a is text 1", "b is text 2", "c is text 3"});
  CHECK(stage.app.requests.size() == 3);
  const Texts numbers = froms(stage.app.requests);
  CHECK(std::ranges::count(numbers, numbers.front()) == 3);
  CHECK(stage.begun == 1);
  REQUIRE(stage.session.wire().size() == 3);
  CHECK(stage.session.wire()[2].number == DeliveryNumber(3));
}

TEST_CASE("Texts come at the usual gap, so that a saved script is the one that was tried") {
  Stage stage;
  stage.say("a");
  stage.say("b");
  CHECK(stage.session.messages()[0].at == Instant());
  CHECK(stage.session.messages()[1].at == Instant(std::chrono::seconds(7)));
}

TEST_CASE("A missing cookie shows in the reply, and what was said before stays as it was") {
  Stage stage;
  stage.say("a");
  stage.say("b", {missing()});
  stage.say("c");
  CHECK(stage.replies() == Texts{"a is text 1", "b is text 1", "c is text 2"});
  CHECK(stage.session.notices().empty());
  REQUIRE(stage.session.executed().faults.size() == 1);
  CHECK(to_string(stage.session.executed().faults[0].fault) == "missing at delivery 2");
}

TEST_CASE("Only faults that make a difference are on offer") {
  Stage stage;
  CHECK_FALSE(has(kinds_on_offer(stage.session), "missing"));
  CHECK(has(kinds_on_offer(stage.session), "duplicate"));
  stage.say("a");
  CHECK(has(kinds_on_offer(stage.session), "missing"));
  CHECK(has(kinds_on_offer(stage.session), "lost-write"));
  CHECK(has(kinds_on_offer(stage.session), "expire"));
  CHECK_FALSE(has(kinds_on_offer(stage.session), "stale"));    // it would be the same as missing
  CHECK_FALSE(has(kinds_on_offer(stage.session), "partial"));  // there is one cookie only
  CHECK_FALSE(has(kinds_on_offer(stage.session), "foreign"));
  CHECK(has(kinds_on_offer(stage.session, 1), "foreign"));
  stage.say("b");
  CHECK(has(kinds_on_offer(stage.session), "stale"));
  CHECK(stage.app.requests.size() == 2);  // looking ahead asks no one
}

TEST_CASE("A fault that finds no place is told, and does not stay in the way of the next") {
  Stage stage;
  stage.say("quiet", {wish(Seam::write, "lost-write")});
  CHECK(stage.session.notices() ==
        Texts{"lost-write did not strike: the app's answer set no cookie"});
  stage.say("a");
  CHECK(stage.session.notices().empty());
  stage.say("b", {missing()});
  CHECK(stage.replies() == Texts{"quiet is text 1", "a is text 1", "b is text 1"});
}

TEST_CASE("A text can be sent twice: the same webhook, the same tokens") {
  Stage stage;
  stage.say("a", {wish(Seam::deliver, "duplicate")});
  REQUIRE(stage.app.requests.size() == 2);
  CHECK(stage.app.requests[0].parameter("MessageSid") ==
        stage.app.requests[1].parameter("MessageSid"));
  CHECK(stage.replies() == Texts{"a is text 1", "a is text 1"});
}

TEST_CASE("Two texts can be in flight at once, and the conversation goes on after them") {
  Stage stage;
  stage.say("a");
  stage.session.take(
      {{{PairIndex(), "b"}, {PairIndex(), "c"}}, {wish(Seam::deliver, "overlap")}, Duration{0}});
  stage.say("d");
  REQUIRE(stage.session.executed().together.size() == 1);
  CHECK(stage.replies() == Texts{"a is text 1", "b is text 2", "c is text 2", "d is text 3"});
  CHECK(stage.app.requests.size() == 4);
}

TEST_CASE("Two texts can arrive in the other order") {
  Stage stage;
  stage.session.take(
      {{{PairIndex(), "a"}, {PairIndex(), "b"}}, {wish(Seam::send, "reorder")}, Duration{0}});
  REQUIRE(stage.app.requests.size() == 2);
  CHECK(stage.app.requests[0].parameter("Body") == "b");
  CHECK(stage.app.requests[1].parameter("Body") == "a");
}

TEST_CASE("After four hours the cookie is gone, and the clock shows it") {
  Stage stage;
  stage.say("a");
  stage.session.take({{}, {}, std::chrono::hours(4)});
  CHECK(stage.session.now() > Instant(std::chrono::hours(4)));
  CHECK_FALSE(has(kinds_on_offer(stage.session), "missing"));
  stage.say("b");
  CHECK(stage.replies() == Texts{"a is text 1", "b is text 1"});
  CHECK(stage.session.messages()[1].at == Instant(std::chrono::hours(4) + std::chrono::seconds(7)));
  CHECK(stage.session.executed().faults.empty());
}

TEST_CASE("Undoing takes all but the last step again, on fresh numbers") {
  Stage stage;
  stage.say("a");
  stage.say("b", {missing()});
  stage.say("c");
  const Texts before = froms(stage.app.requests);
  stage.session.undo();
  CHECK(stage.replies() == Texts{"a is text 1", "b is text 1"});
  CHECK(stage.app.requests.size() == 5);
  CHECK(stage.app.requests[3].parameter("From") != before.front());
  CHECK(stage.session.executed().faults.size() == 1);
  CHECK(stage.session.steps().size() == 2);
  CHECK(stage.begun == 2);
}

TEST_CASE("Undoing a wait costs nothing") {
  Stage stage;
  stage.say("a");
  stage.session.take({{}, {}, std::chrono::hours(4)});
  stage.session.undo();
  CHECK(stage.session.waiting() == Duration{0});
  CHECK(stage.app.requests.size() == 1);
}

TEST_CASE("A new conversation has a new number and nothing said") {
  Stage stage;
  stage.say("a");
  stage.session.start_anew();
  CHECK(stage.session.messages().empty());
  CHECK(stage.session.executed().stores.empty());
  stage.say("a");
  CHECK(stage.replies() == Texts{"a is text 1"});
  const Texts numbers = froms(stage.app.requests);
  CHECK(numbers.at(0) != numbers.at(1));
  CHECK(stage.session.conversation() == 2);
}

TEST_CASE("A second phone has cookies of its own") {
  Stage stage;
  stage.say("a");
  stage.say("b", {}, 1);
  stage.say("c", {}, 1);
  CHECK(stage.replies() == Texts{"a is text 1", "b is text 1", "c is text 2"});
  CHECK(stage.session.executed().stores.size() == 2);
}

TEST_CASE("The fresh twin has the same deliveries with every cookie, from wherever it is shown") {
  Stage stage;
  stage.say("a");
  stage.say("b", {missing()});
  stage.session.show_twin(true);
  CHECK(stage.twin_replies() == Texts{"a is text 1", "b is text 2"});
  REQUIRE(stage.session.comparison().differences.size() == 1);
  CHECK(stage.session.comparison().differences[0].expected == "\"b is text 2\"");
  stage.say("c", {wish(Seam::deliver, "duplicate")});
  CHECK(stage.twin_replies() == Texts{"a is text 1", "b is text 2", "c is text 3", "c is text 4"});
  CHECK(stage.twin_app.requests.size() == 4);
  stage.session.undo();
  CHECK(stage.twin_replies() == Texts{"a is text 1", "b is text 2"});
  CHECK(stage.session.twin_is_shown());
}

TEST_CASE("What is ignored does not count as a difference from the twin") {
  Stage stage({"text [0-9]+"});
  stage.session.show_twin(true);
  stage.say("a");
  stage.say("b", {missing()});
  CHECK(stage.session.comparison().differences.empty());
}

TEST_CASE("An app that fails gets Twilio's code, and can be written to again") {
  Stage stage;
  stage.app.status = 500;
  stage.say("a");
  CHECK(stage.session.executed().trace.outcomes[0].error_code == 11217);
  stage.app.status = 200;
  stage.say("b");
  CHECK(stage.replies() == Texts{"-", "b is text 2"});
}

TEST_CASE("An app that is down gets Twilio's code too, and is asked again") {
  Stage stage;
  DownTarget down;
  Session::App app = stage.phone_app();
  Session session({app.settings, down, app.twins, app.identities}, {}, Origin());
  session.take({{{PairIndex(), "a"}}, {}, Duration{0}});
  CHECK(session.executed().trace.outcomes[0].error_code == 11202);
  session.take({{{PairIndex(), "b"}}, {}, Duration{0}});
  CHECK(session.executed().trace.outcomes.size() == 2);
  CHECK(down.asked == session.executed().trace.deliveries.size());
}

TEST_CASE("A request that is lost on its way takes its time, and is not sent again later") {
  Stage stage;
  stage.settings.policy = twilio::DeliveryPolicy::parse("rc=2&rp=all");
  stage.say("a", {wish(Seam::deliver, "drop")});
  CHECK(stage.app.requests.size() == 1);
  CHECK(stage.session.executed().trace.deliveries.size() == 2);
  CHECK(stage.session.now() > Instant(std::chrono::seconds(5)));
  stage.say("b", {wish(Seam::deliver, "lost-response")});  // which uses up all the time there is
  stage.say("c");
  CHECK(stage.replies() == Texts{"a is text 1", "-", "c is text 2"});
  CHECK(stage.app.requests.size() == 3);
  CHECK(stage.session.messages()[2].at - stage.session.messages()[1].at == Duration(16'000));
}

TEST_CASE("The versions of the cookie store are those that faults have left") {
  Stage stage;
  stage.say("a");
  stage.say("b", {wish(Seam::write, "lost-write")});
  stage.say("c");
  const twilio::CookieStore& store = stage.session.executed().stores.at(PairIndex());
  REQUIRE(store.version() == 2);
  CHECK(store.all_of(0).empty());
  CHECK(store.all_of(1).at(0).value == "1");
  CHECK(store.all_of(2).at(0).value == "2");
  CHECK(store.all_of(2).at(0).set_by == DeliveryNumber(3));
}

TEST_CASE("A phone that is stopped sends nothing more") {
  Stage stage;
  bool stopped = false;
  Session::App app = stage.phone_app();
  app.stop = [&stopped] { return stopped; };
  Session session(app, {}, Origin());
  stopped = true;
  CHECK_THROWS_AS(session.take({{{PairIndex(), "a"}}, {}, Duration{0}}), target::AppFailed);
  CHECK(stage.app.requests.empty());
}
