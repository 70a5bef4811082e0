#include <crumbproof/phone/side.hpp>
#include <crumbproof/run/played_answers.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

namespace crumbproof::phone {

namespace {

using run::AppAnswer;
using run::AppRequest;
using run::CookieValues;

/// What is in the transcript, and after that another's answers, unless `stop` says so.
class Continued final : public run::Answers {
 public:
  /// All must outlive this object.
  Continued(const run::Transcript& before, run::Answers& after, const std::function<bool()>& stop)
      : before_(before), played_(before), after_(after), stop_(stop) {}

  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override {
    if (all_played()) return after().answer(request, values);
    ++asked_;
    return repeated(played_.answer(request, values));
  }
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override {
    if (all_played()) return after().answer_together(requests, values);
    asked_ += requests.size();
    return repeated(played_.answer_together(requests, values));
  }
  std::optional<std::string> probe(std::size_t pairs) override { return after_.probe(pairs); }

  [[nodiscard]] bool all_played() const { return asked_ == before_.entries.size(); }

 private:
  template <class Value>
  static std::optional<Value> repeated(std::optional<Value> played) {
    if (!played) throw NotRepeated();
    return played;
  }

  [[nodiscard]] run::Answers& after() const {
    if (stop_ && stop_()) throw target::AppFailed("stopped before it was done");
    return after_;
  }

  const run::Transcript& before_;
  run::PlayedAnswers played_;
  run::Answers& after_;
  const std::function<bool()>& stop_;
  std::size_t asked_ = 0;
};

/// An answer that sets a cookie, whatever was asked: so every seam of a delivery comes up.
class MadeUp final : public run::Answers {
 public:
  std::optional<AppAnswer> answer(const AppRequest& /*request*/, CookieValues& values) override {
    run::SeenAnswer seen;
    constexpr int kGood = 200;
    seen.answer.status = kGood;
    seen.answer.set_cookies = {"crumbproof"};
    seen.cookies = {{"Set-Cookie", "crumbproof=made up"}};
    seen.cookie_values = values.number(seen.cookies);
    twilio::AnswerCookies cookies = seen.cookies;
    return AppAnswer{std::make_shared<const run::SeenAnswer>(std::move(seen)), std::move(cookies)};
  }
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override {
    std::vector<AppAnswer> answers;
    for (const AppRequest& request : requests) answers.push_back(*answer(request, values));
    return answers;
  }
  std::optional<std::string> probe(std::size_t /*pairs*/) override { return std::string(); }
};

}  // namespace

Side::Side(const Shared& shared, target::Target& app)
    : settings_(shared.settings),
      stop_(shared.stop),
      live_({shared.settings, shared.identities, shared.unused, app, shared.outbox, trie_, times_,
             checkpoints_, &transcript_, &wire_, true},
            run::LiveAnswers::Start::anew) {}

Side::~Side() { live_.end(); }

run::Executed Side::run(const run::Plan& plan, run::ChoiceSource& choices) {
  const run::Transcript before = transcript_;
  Continued answers(before, live_, stop_);
  auto executed = run::execute(plan, settings_, choices, answers);
  if (!executed || !answers.all_played()) throw NotRepeated();
  return std::move(*executed);
}

void Side::look_ahead(const run::Plan& plan, run::ChoiceSource& choices) const {
  MadeUp made_up;
  const std::function<bool()> never;
  Continued answers(transcript_, made_up, never);
  run::execute(plan, settings_, choices, answers);
}

}  // namespace crumbproof::phone
