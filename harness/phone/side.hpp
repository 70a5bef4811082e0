#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/checkpoints.hpp>
#include <crumbproof/run/exchange_log.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/run/response_times.hpp>
#include <crumbproof/run/transcript.hpp>
#include <crumbproof/target/outbox.hpp>
#include <crumbproof/target/target.hpp>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

namespace crumbproof::phone {

/// A conversation could not be gone on with: what had been sent before did not come out the same.
class NotRepeated : public std::runtime_error {
 public:
  NotRepeated()
      : std::runtime_error(
            "the beginning of the conversation did not repeat, so it cannot go on; start a new "
            "one") {}
};

/// One conversation with the app, on numbers of its own, that grows: each run is of the same
/// schedule with something added at its end. What was asked in earlier runs is answered as it was
/// then, and only what is new goes to the app; so every run is one that a check could have made.
class Side {
 public:
  /// What the conversations of a phone have in common. All must outlive them.
  struct Shared {
    const run::SenderSettings& settings;
    const twilio::Identities& identities;
    run::Unused& unused;
    target::Outbox* outbox = nullptr;  ///< null: the app has no API to send through
    std::function<bool()> stop = {};   ///< true: nothing more is sent
  };

  /// Begins a conversation: fresh numbers, nothing said. The app must outlive it.
  Side(const Shared& shared, target::Target& app);
  /// Tells the target that it is over.
  ~Side();
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;

  /// Throws NotRepeated, and target::AppFailed if it was stopped; then the conversation is of no
  /// more use.
  run::Executed run(const run::Plan& plan, run::ChoiceSource& choices);
  /// How it would go up to the first request that is new and whose answer does not matter; the app
  /// is not asked. Each new request is answered with a cookie that was never there.
  void look_ahead(const run::Plan& plan, run::ChoiceSource& choices) const;

  /// What went over the wire.
  [[nodiscard]] const run::ExchangeLog& wire() const { return wire_; }

 private:
  const run::SenderSettings& settings_;
  std::function<bool()> stop_;
  run::AnswerTrie trie_;
  run::ResponseTimes times_;
  run::Checkpoints checkpoints_;
  run::Transcript transcript_;
  run::ExchangeLog wire_;
  run::LiveAnswers live_;
};

}  // namespace crumbproof::phone
