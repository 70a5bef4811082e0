#include <crumbproof/run/reply_rules.hpp>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

constexpr PairIndex kPair(0);

std::vector<ReplyMessage> replies_of(std::size_t count) {
  std::vector<ReplyMessage> replies(count);
  for (ReplyMessage& reply : replies) reply.body = "hi";
  return replies;
}

std::vector<int> codes(const std::vector<ReplyMessage>& replies) {
  std::vector<int> codes;
  for (const ReplyMessage& reply : replies) codes.push_back(reply.error_code);
  return codes;
}

Instant after(int seconds) { return Instant(std::chrono::seconds(seconds)); }

}  // namespace

TEST_CASE("14109: of one message's replies the first ten are sent, over all its documents") {
  ReplyRules rules;
  auto replies = replies_of(3);
  const auto warnings = rules.judge(kPair, replies, 8, after(0));
  CHECK(codes(replies) == std::vector{0, 0, 14109});
  REQUIRE(warnings.size() == 1);
  CHECK_THAT(warnings.front(), Catch::StartsWith("14109: "));
}

TEST_CASE("14107: the 31st reply, each within 30 s of the last, is blocked for 30 s") {
  ReplyRules rules;
  for (int i = 0; i < 30; ++i) {
    auto reply = replies_of(1);
    CHECK(rules.judge(kPair, reply, 0, after(29 * i)).empty());
  }
  auto one_too_many = replies_of(1);
  CHECK_THAT(rules.judge(kPair, one_too_many, 0, after(29 * 30)).front(),
             Catch::StartsWith("14107: "));
  CHECK(codes(one_too_many) == std::vector{14107});
  auto still_blocked = replies_of(1);
  rules.judge(kPair, still_blocked, 0, after(29 * 30 + 29));
  CHECK(codes(still_blocked) == std::vector{14107});
  auto free_again = replies_of(1);
  CHECK(rules.judge(kPair, free_again, 0, after(29 * 30 + 30)).empty());
}

TEST_CASE("Replies that are 30 s apart can go on for ever, and another pair's do not count") {
  ReplyRules rules;
  for (int i = 0; i < 100; ++i) {
    auto reply = replies_of(1);
    auto others = replies_of(1);
    CHECK(rules.judge(kPair, reply, 0, after(30 * i)).empty());
    CHECK(rules.judge(PairIndex(1), others, 0, after(30 * i + 1)).empty());
  }
}

TEST_CASE("21610: after STOP nothing is sent to that sender until START") {
  ReplyRules rules;
  rules.heard(kPair, twilio::Keyword::stop);
  auto blocked = replies_of(2);
  blocked[1].to = "+15005550001";
  CHECK_THAT(rules.judge(kPair, blocked, 0, after(0)).front(), Catch::StartsWith("21610: "));
  CHECK(codes(blocked) == std::vector{21610, 0});
  auto other = replies_of(1);
  CHECK(rules.judge(PairIndex(1), other, 0, after(0)).empty());

  rules.heard(kPair, twilio::Keyword::help);
  auto still = replies_of(1);
  CHECK_FALSE(rules.judge(kPair, still, 0, after(1)).empty());
  rules.heard(kPair, twilio::Keyword::start);
  auto again = replies_of(1);
  CHECK(rules.judge(kPair, again, 0, after(2)).empty());
}

TEST_CASE("STOP is delivered to the app, and its answer is seen though it is not sent") {
  Stage stage([](const Request&) { return answered(reply("bye")); });
  const Executed executed = stage.run(say({"Stop", "hi", "yes"}));
  CHECK(stage.target.requests().size() == 3);
  std::vector<int> seen;
  for (const Outcome& outcome : executed.trace.outcomes) {
    CHECK(outcome.error_code == 0);
    REQUIRE(outcome.messages.size() == 1);
    seen.push_back(outcome.messages.front().error_code);
  }
  CHECK(seen == std::vector{21610, 21610, 0});
}

TEST_CASE("14109 counts over a chain of redirects") {
  Stage stage([](const Request& request) {
    const bool first = request.url.ends_with("/sms");
    std::string document = "<Response>";
    for (int i = 0; i < 6; ++i) document += "<Message>hi</Message>";
    document += first ? "<Redirect>/more</Redirect></Response>" : "</Response>";
    return answered(Response::twiml(document));
  });
  const Executed executed = stage.run(say({"hi"}));
  const auto& messages = executed.trace.outcomes.front().messages;
  REQUIRE(messages.size() == 12);
  CHECK(messages[9].error_code == 0);
  CHECK(messages[10].error_code == 14109);
}
