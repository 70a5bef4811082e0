#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/checkpoints.hpp>
#include <crumbproof/run/exchange_log.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/run/response_times.hpp>
#include <crumbproof/target/outbox.hpp>
#include <crumbproof/target/target.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::run {

struct Transcript;

/// The app itself, for one execution; what it answers is recorded.
class LiveAnswers final : public Answers {
 public:
  /// What one run shares among its executions; all must outlive this object.
  struct Shared {
    const SenderSettings& settings;
    const twilio::Identities& identities;
    Unused& unused;
    target::Target& target;
    target::Outbox* outbox = nullptr;  ///< null: the app has no API to send through
    AnswerTrie& trie;
    ResponseTimes& times;
    Checkpoints& checkpoints;
    Transcript* transcript = nullptr;  ///< where it is written down; null: nowhere
    ExchangeLog* log = nullptr;        ///< likewise, as it stands on the wire
    /// An app that cannot be reached has answered nothing, as at Twilio, and the run goes on.
    bool outlives_app = false;
  };
  enum class Start : bool {
    anew,             ///< every request is sent
    from_checkpoint,  ///< not those that lead to a known state of the app, if that can be restored
  };

  LiveAnswers(const Shared& shared, Start start);

  /// Always knows. Throws target::AppFailed if the app cannot be reached at its own host and port,
  /// no fallback is there to be tried, and the run does not outlive the app.
  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override;
  /// Likewise.
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override;
  /// Throws target::AppFailed if the probe's URL gives no answer.
  std::optional<std::string> probe(std::size_t pairs) override;

  /// The execution is over: what the app's author should know of it.
  std::vector<std::string> end();

  [[nodiscard]] std::uint64_t deliveries() const { return deliveries_; }

 private:
  /// Where that request leads to if the execution need not be live yet.
  [[nodiscard]] std::optional<AnswerTrie::Node> known_state(const RequestKey& key) const;
  /// From here on the app is asked.
  void go_live();
  /// Keeps the app's state after a request that was never seen before.
  void keep_state();
  /// The request as it stands on the wire, and those who have to know that it goes out told.
  target::Outgoing prepare(const AppRequest& request);
  /// Sends the requests; those that are challenged by a 401 and whose URL has a user once more with
  /// an Authorization (https://www.twilio.com/docs/usage/security#http-authentication).
  std::vector<target::Exchange> send(std::vector<target::Outgoing> requests,
                                     std::span<const AppRequest> details);
  /// Reads and records what came of a request.
  AppAnswer take(const AppRequest& request, const target::Exchange& exchange,
                 std::vector<ReplyMessage> sent, CookieValues& values);
  /// Takes what the app has sent through the API since the last request.
  std::vector<ReplyMessage> take_sent();
  void tell_outbox(const AppRequest& request);
  /// Puts an answer into the transcript.
  void write_down(const RequestKey& key, const target::Exchange& exchange,
                  const std::shared_ptr<const SeenAnswer>& seen) const;

  Shared shared_;
  std::optional<Participants> participants_;  ///< as soon as the app is asked
  /// The app's state is that of the execution which saw these requests first.
  bool first_here_ = true;
  AnswerTrie::Node node_ = AnswerTrie::kRoot;
  std::uint64_t deliveries_ = 0;
};

}  // namespace crumbproof::run
