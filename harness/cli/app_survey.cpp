#include <crumbproof/cli/app_survey.hpp>
#include <crumbproof/cli/suggested_words.hpp>
#include <crumbproof/properties/twin.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/search/check.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace crumbproof::cli {

namespace {

constexpr std::size_t kLongestScript = 5;
constexpr std::size_t kMostConversations = 40;
constexpr std::size_t kMostWordsOfReply = 6;

using Words = std::vector<std::string>;

class Surveyor {
 public:
  Surveyor(run::Runner& runner, const std::function<bool()>& stop) : runner_(runner), stop_(stop) {}

  AppSurvey run(const Words& first) {
    Words replies = say(first);
    note_first_answer();
    survey_.script = first;
    survey_.replies = replies;
    for (const std::string& word : first) add_word(word);
    if (survey_.problem.empty()) {
      go_on(first, std::move(replies));
      survey_.varies = say(survey_.script) != survey_.replies;
    }
    survey_.deliveries = runner_.effort().deliveries;
    return std::move(survey_);
  }

 private:
  /// The replies to a conversation on fresh numbers, in words.
  Words say(const Words& words) {
    ++conversations_;
    std::vector<Message> messages;
    for (const std::string& word : words) {
      const auto n = static_cast<int>(messages.size());
      messages.push_back({PairIndex(0), word, Instant(search::kDefaultGap * n)});
    }
    run::PlannedChoices none({});
    run::Executed executed = runner_.run_on_app({messages, {}}, none);
    trace_ = std::move(executed.trace);
    for (const std::string& warning : executed.warnings) {
      if (std::ranges::find(survey_.warnings, warning) == survey_.warnings.end()) {
        survey_.warnings.push_back(warning);
      }
    }
    for (const Delivery& delivery : trace_.deliveries) {
      for (const std::string& cookie : delivery.answer->set_cookies) {
        if (std::ranges::find(survey_.cookies, cookie) == survey_.cookies.end()) {
          survey_.cookies.push_back(cookie);
        }
      }
    }
    Words replies;
    for (const Outcome& outcome : trace_.outcomes) replies.push_back(properties::describe(outcome));
    return replies;
  }

  void note_first_answer() {
    survey_.status = trace_.deliveries.front().answer->status;
    survey_.problem = trace_.outcomes.front().problem;
  }

  /// One message more each time, which of those that suggest themselves leads to a new reply.
  void go_on(Words script, Words replies) {
    std::set<std::string> seen(replies.begin(), replies.end());
    while (script.size() < kLongestScript) {
      bool further = false;
      for (const std::string& word : candidates()) {
        if (conversations_ >= kMostConversations || stop_()) return;
        Words longer = script;
        longer.push_back(word);
        Words answered = say(longer);
        if (answered.size() != longer.size() || !seen.insert(answered.back()).second) continue;
        add_word(word);
        script = std::move(longer);
        replies = std::move(answered);
        survey_.script = script;
        survey_.replies = replies;
        further = true;
        break;
      }
      if (!further) return;
    }
  }

  /// What the last reply suggests, and after that what others did.
  Words candidates() {
    Words words;
    if (!trace_.outcomes.empty()) {
      for (const ReplyMessage& message : trace_.outcomes.back().messages) {
        for (std::string& word : suggested_words(message.body)) {
          if (words.size() < kMostWordsOfReply) words.push_back(std::move(word));
        }
      }
    }
    for (const std::string& word : words) suggested_.insert(word);
    for (const std::string& word : suggested_) {
      if (std::ranges::find(words, word) == words.end()) words.push_back(word);
    }
    return words;
  }

  void add_word(const std::string& word) {
    Words& known = survey_.alphabet;
    if (std::ranges::find(known, word) == known.end()) known.push_back(word);
  }

  run::Runner& runner_;
  const std::function<bool()>& stop_;
  AppSurvey survey_;
  Trace trace_;  ///< of the last conversation
  std::set<std::string> suggested_;
  std::size_t conversations_ = 0;
};

}  // namespace

AppSurvey survey(run::Runner& runner, const std::vector<std::string>& first,
                 const std::function<bool()>& stop) {
  return Surveyor(runner, stop).run(first);
}

}  // namespace crumbproof::cli
