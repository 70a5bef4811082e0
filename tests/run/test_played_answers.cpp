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

/// What `mirror` answers to messages.
Transcript transcript_of(const SenderSettings& settings, const std::vector<Message>& messages,
                         const std::vector<Fault>& faults = {}) {
  Unused unused;
  std::vector<std::unique_ptr<target::Target>> targets;
  targets.push_back(std::make_unique<FunctionTarget>(mirror));
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
