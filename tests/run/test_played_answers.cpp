#include <crumbproof/run/known_answers.hpp>
#include <crumbproof/run/played_answers.hpp>
#include <crumbproof/run/workers.hpp>

#include <memory>
#include <utility>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// What an app answers to messages.
Transcript transcript_of(const SenderSettings& settings, const std::vector<Message>& messages,
                         const std::vector<Fault>& faults = {},
                         const FunctionTarget::Function& app = mirror) {
  Unused unused;
  std::vector<std::unique_ptr<target::Target>> targets;
  targets.push_back(std::make_unique<FunctionTarget>(app));
  Workers workers({settings, twilio::Identities("played"), unused, {}, nullptr},
                  std::move(targets));
  PlannedChoices choices(faults);
  return workers.run({messages, faults::catalogue()}, choices);
}

}  // namespace

TEST_CASE("A transcript played back is the execution that it was written of") {
  const SenderSettings settings = sender();
  const auto messages = say({"a=1", "b=2", "c=3"});
  const std::vector<Fault> faults{fault("missing", 2)};
  const Transcript transcript = transcript_of(settings, messages, faults);

  AnswerTrie trie;
  ResponseTimes times;
  PlayedAnswers played(transcript, PlayedAnswers::Learning{trie, times});
  PlannedChoices choices(faults);
  const auto executed = execute({messages, faults::catalogue()}, settings, choices, played);
  REQUIRE(executed);
  CHECK(replies(*executed) == Texts{"none", "none", "a=1; b=2"});
  CHECK(executed->trace == Stage().run(messages, faults).trace);
  CHECK(trie.size() == 4);

  KnownAnswers known(trie);
  const auto again = execute({messages, faults::catalogue()}, settings, choices, known);
  REQUIRE(again);
  CHECK(again->trace == executed->trace);
}

TEST_CASE("A transcript that is only looked at teaches nothing") {
  const SenderSettings settings = sender();
  const auto messages = say({"a=1"});
  const Transcript transcript = transcript_of(settings, messages);
  PlayedAnswers played(transcript);
  PlannedChoices choices({});
  CHECK(execute({messages, faults::catalogue()}, settings, choices, played));
}

TEST_CASE("A transcript answers nothing but what it was written of") {
  const SenderSettings settings = sender();
  const Transcript transcript = transcript_of(settings, say({"a=1", "b=2"}));
  const auto run = [&](const std::vector<Message>& messages) {
    PlayedAnswers played(transcript);
    PlannedChoices choices({});
    return execute({messages, faults::catalogue()}, settings, choices, played).has_value();
  };
  CHECK(run(say({"a=1", "b=2"})));
  CHECK(run(say({"a=1"})));
  CHECK_FALSE(run(say({"a=1", "b=2", "c=3"})));
  CHECK_FALSE(run(say({"a=1", "b=3"})));
  CHECK_FALSE(run(say({"a=2"})));
}

TEST_CASE("A transcript that ends before a status callback does not answer for it") {
  const SenderSettings settings = sender();
  const auto messages = say({"hi"});
  Transcript transcript = transcript_of(settings, messages, {}, [](const Request& request) {
    if (!request.parameter("MessageStatus").empty()) return answered(Response{204, {}, ""});
    return answered(
        Response::twiml("<Response><Message statusCallback='/status'>hi</Message></Response>"));
  });
  REQUIRE(transcript.entries.size() == 3);
  const auto runs = [&] {
    PlayedAnswers played(transcript);
    PlannedChoices none({});
    return execute({messages, {}}, settings, none, played).has_value();
  };
  CHECK(runs());
  transcript.entries.pop_back();
  CHECK_FALSE(runs());
}

TEST_CASE("What a probe returned is known again once its transcript was played back") {
  SenderSettings settings = sender();
  settings.probe = "http://app.test/probe";
  const auto messages = say({"hi"});
  Transcript transcript = transcript_of(settings, messages, {}, [](const Request& request) {
    return request.method == "GET" ? answered({200, {}, "well"}) : answered(reply("ok"));
  });
  const auto probe_known = [&] {
    AnswerTrie trie;
    ResponseTimes times;
    PlayedAnswers played(transcript, PlayedAnswers::Learning{trie, times});
    PlannedChoices none({});
    execute({messages, {}}, settings, none, played);
    KnownAnswers known(trie);
    const auto executed = execute({messages, {}}, settings, none, known);
    return executed ? executed->trace.probe : std::nullopt;
  };
  CHECK(probe_known() == "200 well");

  PlayedAnswers only_looked_at(transcript);
  PlannedChoices none({});
  const auto executed = execute({messages, {}}, settings, none, only_looked_at);
  REQUIRE(executed);
  CHECK(executed->trace.probe == "200 well");

  transcript.probe.reset();
  CHECK_FALSE(probe_known());
}
