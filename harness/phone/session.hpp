#pragma once

#include <crumbproof/phone/side.hpp>
#include <crumbproof/properties/masks.hpp>
#include <crumbproof/properties/twin.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/target/outbox.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/identity.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::phone {

/// A text that the phone's user sends.
struct Said {
  PairIndex pair;    ///< by which of the phones
  std::string body;  ///< the text
};

/// A fault that is to strike the first delivery of a message.
struct Wish {
  run::Seam seam = run::Seam::send;
  std::string kind;
  std::optional<Parameter> parameter;

  friend bool operator==(const Wish&, const Wish&) = default;
};

/// What the user did at once: enough to do it again.
struct Step {
  /// One text, or several of which each follows a second after the one before; none: time passes.
  std::vector<Said> said;
  std::vector<Wish> wishes;  ///< for the first of them, one for each seam at most
  Duration wait{0};          ///< virtual time that passes before what comes next
};

/// A phone in the user's hand, and the conversation that it has with the app: a schedule that grows
/// by what the user does, and is run again each time (Side).
class Session {
 public:
  /// Whom the phone talks to. All must outlive it.
  struct App {
    const run::SenderSettings& settings;
    target::Target& own;    ///< for the user's conversation
    target::Target& twins;  ///< the same app, for the fresh twin's
    twilio::Identities identities;
    target::Outbox* outbox = nullptr;                ///< null: the app has no API to send through
    std::function<void()> before_conversation = {};  ///< before the first text of each
    std::function<bool()> stop = {};                 ///< true: nothing more is sent
  };

  /// `ignore` is what does not count in replies when the twin's are compared; texts are sent from
  /// `origin`. Throws BadInput for an `ignore` that is no regular expression.
  Session(App app, const std::vector<std::string>& ignore, Origin origin);

  /// Does that, on top of all before it. Throws target::AppFailed when it was stopped, or when what
  /// comes before a conversation failed; and NotRepeated.
  void take(const Step& step);
  /// As if the last step had never been: the others are taken again in a new conversation. Throws
  /// likewise.
  void undo();
  /// Fresh numbers, nothing said.
  void start_anew();
  /// Whether the fresh twin has the same conversation on numbers of its own. Throws likewise.
  void show_twin(bool on);

  [[nodiscard]] const run::SenderSettings& settings() const { return app_.settings; }
  [[nodiscard]] const std::vector<std::string>& ignored() const { return ignore_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<Message>& messages() const { return messages_; }
  /// What has come of the conversation so far, stores included.
  [[nodiscard]] const run::Executed& executed() const { return executed_; }
  /// What went over the wire in it.
  [[nodiscard]] const run::ExchangeLog& wire() const { return side_->wire(); }
  [[nodiscard]] bool twin_is_shown() const { return twin_side_ != nullptr; }
  /// What has come of the twin's; only if it is shown.
  [[nodiscard]] const run::Executed& twin() const { return twin_; }
  [[nodiscard]] const run::ExchangeLog& twin_wire() const { return twin_side_->wire(); }
  /// The conversation held against its twin, if that is shown.
  [[nodiscard]] properties::Comparison comparison() const;
  /// Virtual time as it is now.
  [[nodiscard]] Instant now() const { return executed_.ended + waiting_; }
  /// How much of it the user has let pass since the last text.
  [[nodiscard]] Duration waiting() const { return waiting_; }
  /// Which conversation it is, from 1.
  [[nodiscard]] int conversation() const { return conversation_; }
  /// What the last step wished for that had no place to strike, in sentences.
  [[nodiscard]] const std::vector<std::string>& notices() const { return notices_; }
  /// The faults that could strike the next text of that phone. Those at the write seam can only if
  /// the app's answer sets a cookie.
  [[nodiscard]] std::vector<Wish> offers(PairIndex pair) const;

 private:
  [[nodiscard]] std::vector<Message> with(std::span<const Said> said) const;
  [[nodiscard]] static run::Plan plan_of(std::span<const Message> messages, run::Cookies cookies);
  [[nodiscard]] Side::Shared shared() const;
  /// Nothing more happens then unless something is sent, in a plan's time.
  [[nodiscard]] Instant quiet() const;
  void say(const Step& step);
  void run_twin();
  void tell_of_missed(std::span<const Wish> wishes, MessageIndex message);

  App app_;
  std::vector<std::string> ignore_;
  properties::Masks masks_;
  Origin origin_;
  mutable run::Unused unused_;
  std::unique_ptr<Side> side_;
  std::unique_ptr<Side> twin_side_;
  std::vector<Step> steps_;
  std::vector<Message> messages_;
  run::Executed executed_;
  run::Executed twin_;
  Duration waiting_{0};
  int conversation_ = 0;
  std::vector<std::string> notices_;
};

}  // namespace crumbproof::phone
