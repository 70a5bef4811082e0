#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

Parameter k(std::int64_t back) { return {"k", back}; }
Parameter d(std::int64_t later) { return {"d", later}; }

/// What the deliveries of one schedule carry to the app, on the wire.
Texts carried(const std::vector<Message>& messages, const std::vector<Fault>& faults) {
  Stage stage;
  stage.run(messages, faults);
  return cookie_headers(stage.target.requests());
}

}  // namespace

TEST_CASE("What an answer sets, the pair's later deliveries carry, with who set it") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "b=2", "a=3", "-"}));
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "a=1", "a=1; b=2", "a=3; b=2"});
  CHECK(executed.trace.deliveries[0].cookies.empty());
  CHECK(executed.trace.deliveries[3].cookies ==
        std::vector<CookieSent>{{"a", DeliveryNumber(3)}, {"b", DeliveryNumber(2)}});
  CHECK(executed.trace.deliveries[0].answer->set_cookies == Texts{"a"});
  CHECK(executed.degradation == Degradation{});
}

TEST_CASE("Each pair has its own cookies") {
  const std::vector<Message> messages{
      {PairIndex(0), "a=1", at(0)}, {PairIndex(1), "-", at(1000)}, {PairIndex(0), "-", at(2000)}};
  CHECK(carried(messages, {}) == Texts{"none", "none", "a=1"});
}

TEST_CASE("Cookies are read when a delivery is triggered, and stored when its answer comes") {
  // The first answer comes at 100 ms.
  CHECK(carried(say({"a=1", "-"}, Duration(99)), {}) == Texts{"none", "none"});
  CHECK(carried(say({"a=1", "-"}, Duration(101)), {}) == Texts{"none", "a=1"});
  // Triggered before, arrived after.
  CHECK(carried(say({"a=1", "-"}, Duration(60)), {}) == Texts{"none", "none"});
}

TEST_CASE("A race is a degradation without a fault") {
  Stage stage;
  CHECK(stage.run(say({"a=1", "-"}, Duration(60))).degradation == Degradation{.absent = true});
  CHECK(stage.run(say({"a=1", "a=2", "-"}, Duration(99))).degradation ==
        Degradation{.absent = true, .outdated = true});
  const std::vector<Message> messages{
      {PairIndex(0), "a=1", at(0)}, {PairIndex(0), "a=2", at(1000)}, {PairIndex(0), "-", at(1060)}};
  CHECK(stage.run(messages).degradation == Degradation{.outdated = true});
}

TEST_CASE("A cookie that ran out is not sent, which is a degradation too") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1; Max-Age=5", "-"}, Duration(10'000)));
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none"});
  CHECK(executed.degradation == Degradation{.absent = true});
  CHECK(carried(say({"a=1", "-"}, std::chrono::hours(4)), {}) == Texts{"none", "a=1"});
  CHECK(carried(say({"a=1", "-"}, std::chrono::hours(4) + Duration(50)), {}) ==
        Texts{"none", "none"});
}

TEST_CASE("A cookie that was deleted and comes back is a degradation") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "a=; Max-Age=0", "-"}), {fault("lost-write", 2)});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "a=1", "a=1"});
  CHECK(executed.degradation == Degradation{.outdated = true});
}

TEST_CASE("missing: this delivery carries no cookie, the next one does") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "a=2", "-"}), {fault("missing", 2)});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none", "a=2"});
  CHECK(executed.trace.deliveries[1].cookies.empty());
  CHECK(executed.trace.deliveries[1].faults == Texts{"missing"});
  CHECK(executed.degradation == Degradation{.absent = true});
}

TEST_CASE("outage: no delivery from this one on carries a cookie, of any pair") {
  const std::vector<Message> messages{{PairIndex(0), "a=1", at(0)},
                                      {PairIndex(1), "a=2", at(1000)},
                                      {PairIndex(0), "a=3", at(2000)},
                                      {PairIndex(0), "-", at(3000)},
                                      {PairIndex(1), "-", at(4000)}};
  CHECK(carried(messages, {}) == Texts{"none", "none", "a=1", "a=3", "a=2"});
  CHECK(carried(messages, {fault("outage", 3)}) == Texts{"none", "none", "none", "none", "none"});
}

TEST_CASE("stale: the cookies of k versions ago") {
  const auto messages = say({"a=1", "a=2", "b=1", "-"});
  CHECK(carried(messages, {fault("stale", 4, k(1))}).back() == "a=2");
  CHECK(carried(messages, {fault("stale", 4, k(2))}).back() == "a=1");
  Stage stage;
  CHECK(stage.run(messages, {fault("stale", 4, k(1))}).degradation ==
        Degradation{.outdated = true});
}

TEST_CASE("stale passes over versions that only renew lifetimes") {
  const auto messages = say({"a=1", "a=2", "a=2", "a=2", "-"});
  CHECK(carried(messages, {fault("stale", 5, k(3))}).back() == "a=1");
}

TEST_CASE("partial: the named cookies are not sent") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "b=2", "-", "-"}),
                                      {fault("partial", 3, Parameter{"withheld", Texts{"a"}})});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "a=1", "b=2", "a=1; b=2"});
  CHECK(executed.degradation == Degradation{.outdated = true});
}

TEST_CASE("lost-write: what an answer sets is never stored") {
  CHECK(carried(say({"a=1", "a=2", "-", "-"}), {fault("lost-write", 2)}) ==
        Texts{"none", "a=1", "a=1", "a=1"});
}

TEST_CASE("late-write: stored when d later deliveries have been triggered") {
  const auto messages = say({"a=1", "-", "-", "-", "-"});
  CHECK(carried(messages, {fault("late-write", 1, d(1))}) ==
        Texts{"none", "none", "a=1", "a=1", "a=1"});
  CHECK(carried(messages, {fault("late-write", 1, d(2))}) ==
        Texts{"none", "none", "none", "a=1", "a=1"});
  CHECK(carried(messages, {fault("late-write", 1, d(3))}) ==
        Texts{"none", "none", "none", "none", "a=1"});
}

TEST_CASE("late-write: it overwrites newer values") {
  CHECK(carried(say({"a=1", "a=2", "-", "-"}), {fault("late-write", 1, d(2))}) ==
        Texts{"none", "none", "a=2", "a=1"});
}

TEST_CASE("late-write: only deliveries of the same pair count") {
  const std::vector<Message> messages{{PairIndex(0), "a=1", at(0)},
                                      {PairIndex(1), "-", at(1000)},
                                      {PairIndex(0), "-", at(2000)},
                                      {PairIndex(0), "-", at(3000)}};
  CHECK(carried(messages, {fault("late-write", 1, d(1))}) == Texts{"none", "none", "none", "a=1"});
}

TEST_CASE("late-write: retries and redirects are deliveries that count") {
  CHECK(carried(say({"a=1", "-", "-"}), {fault("late-write", 1, d(2)), fault("drop", 2)}) ==
        Texts{"none", "none", "a=1"});
}

TEST_CASE("late-write: the lifetime counts from the answer") {
  const auto messages = say({"a=1; Max-Age=90", "-", "-"});  // a minute apart
  CHECK(carried(messages, {}) == Texts{"none", "a=1", "none"});
  CHECK(carried(messages, {fault("late-write", 1, d(1))}) == Texts{"none", "none", "none"});
}

TEST_CASE("expire: time passes the cookies' lifetime before the message") {
  Stage stage;
  const Parameter seconds{"seconds", std::int64_t{14'341}};  // 4 h and 50 ms less the minute passed
  const Executed executed = stage.run(say({"a=1", "a=2", "-"}), {fault("expire", 2, seconds)});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none", "a=2"});
  const auto& deliveries = executed.trace.deliveries;
  CHECK(deliveries[1].triggered == at(60'000 + 14'341'000));
  CHECK(deliveries[1].faults == Texts{"expire"});
  CHECK(deliveries[2].triggered == at(120'000 + 14'341'000));  // later messages come later too
  CHECK(executed.degradation == Degradation{.absent = true});
  CHECK(executed.faults.size() == 1);
}

TEST_CASE("expire: cookies that end at different moments end one after the other") {
  const auto messages = say({"a=1; Max-Age=100", "b=1", "-"});
  CHECK(
      carried(messages, {fault("expire", 3, Parameter{"seconds", std::int64_t{14'341}})}).back() ==
      "none");
  CHECK(carried(say({"a=1; Max-Age=150", "b=1", "-"}),
                {fault("expire", 3, Parameter{"seconds", std::int64_t{31}})})
            .back() == "b=1");
}

TEST_CASE("A retry carries the cookies of the first attempt, though others were stored since") {
  Stage stage;
  // The first message's attempt is dropped, the second message sets a cookie meanwhile.
  stage.run(say({"-", "a=1"}, Duration(1000)), {fault("drop", 1)});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none"});
  REQUIRE(stage.target.requests().size() == 2);
  CHECK(stage.target.requests()[1].parameter("Body") == "-");
}

TEST_CASE("A retry reads the store as of the first attempt, cookies that ran out since included") {
  Stage stage;
  stage.run(say({"a=1; Max-Age=63", "-"}), {fault("drop", 2)});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "a=1"});
}

TEST_CASE("A fallback and a redirect read the store anew") {
  Stage stage([](const Request& request) {
    if (request.parameter("ErrorCode").empty() && request.parameter("Body") == "fail") {
      return answered(Response{500, {{"Set-Cookie", "seen=1; Path=/"}}, {}});
    }
    return answered(reply("ok"));
  });
  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  stage.run(say({"fail"}));
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "seen=1"});
}

TEST_CASE("Cookies of failed answers are stored, of lost ones they are not") {
  Stage stage([](const Request& request) {
    const int status = request.parameter("Body") == "fail" ? 500 : 200;
    return answered(
        Response{status, {{"Set-Cookie", "seen=1"}, {"Content-Type", "text/plain"}}, "x"});
  });
  stage.run(say({"fail", "-"}));
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "seen=1"});
  stage.run(say({"ok", "-"}), {fault("lost-response", 1)});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none"});
}
