#include <crumbproof/rapidcheck/show.hpp>
#include <crumbproof/report/diagram.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/suite/scenario.hpp>
#include <crumbproof/target/app.hpp>

#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof {

namespace {

constexpr std::size_t kMessagesOfPlan = 3;

/// Answers everything, and sets each of its cookies anew each time.
struct StandIn {
  std::set<std::string> cookies;
  int answers = 0;

  Response operator()(const Request& /*request*/) {
    ++answers;
    Response response =
        Response::twiml(fmt::format("<Response><Message>answer {}</Message></Response>", answers));
    for (const std::string& cookie : cookies) {
      response.set_cookie(fmt::format("{}=v{}", cookie, answers));
    }
    return response;
  }
};

/// Those that the faults name, and one that none of them does.
std::set<std::string> cookies_for(std::span<const Fault> faults) {
  std::set<std::string> cookies{"session"};
  for (const Fault& fault : faults) {
    const auto* names =
        fault.parameter ? std::get_if<std::vector<std::string>>(&fault.parameter->value) : nullptr;
    if (names != nullptr && fault.parameter->name != "signature") {
      cookies.insert(names->begin(), names->end());
    }
  }
  return cookies;
}

/// Draws what the choices make of the messages, and returns which faults struck.
Schedule draw(const std::vector<Message>& messages, run::ChoiceSource& choices, bool offer_void,
              std::span<const Fault> planned, std::string& drawing) {
  const App app = App(StandIn{cookies_for(planned)}).at("https://app.test/sms");
  run::SenderSettings sender;
  sender.webhook = twilio::Url::parse(app.url());
  sender.plain_http = true;
  sender.auth_token = "token";
  const auto target = app.make();
  run::Runner runner(sender, *target, twilio::Identities("shown"));
  const run::Executed executed = runner.run_on_app(
      {.messages = messages, .kinds = faults::catalogue(), .offer_void = offer_void}, choices);
  Schedule schedule{messages, {}};
  for (const run::PlacedFault& placed : executed.faults) schedule.faults.push_back(placed.fault);
  drawing = report::diagram({schedule, executed.trace, nullptr}, report::Style{});
  return schedule;
}

void show(const std::vector<Message>& messages, const FaultPlan& plan, std::ostream& out) {
  if (messages.empty()) {
    out << "no message\n";
    return;
  }
  run::DrawnChoices choices(plan.choices, plan.max_faults);
  std::string drawing;
  const Schedule struck = draw(messages, choices, false, {}, drawing);
  out << to_string(struck) << "\n\n" << drawing;
}

}  // namespace

void showValue(const Schedule& schedule, std::ostream& out) {
  if (schedule.messages.empty()) {
    out << "no message\n";
    return;
  }
  run::PlannedChoices choices(schedule.faults);
  std::string drawing;
  const std::size_t struck =
      draw(schedule.messages, choices, true, schedule.faults, drawing).faults.size();
  out << to_string(schedule) << "\n\n" << drawing;
  for (std::size_t i = struck; i < schedule.faults.size(); ++i) {
    out << to_string(schedule.faults[i]) << ": not with this stand-in for the app\n";
  }
}

void showValue(const Conversation& conversation, std::ostream& out) {
  showValue(Schedule{conversation.messages, {}}, out);
}

void showValue(const FaultPlan& plan, std::ostream& out) {
  out << fmt::format("choices {}, at most {} faults; with three messages:\n",
                     fmt::join(plan.choices, " "), plan.max_faults);
  show(messages_saying(std::vector<std::string>(kMessagesOfPlan, "hello")), plan, out);
}

namespace rapidcheck {

void showValue(const Trial& trial, std::ostream& out) {
  out << fmt::format("choices {}, at most {} faults:\n", fmt::join(trial.plan.choices, " "),
                     trial.plan.max_faults);
  show(trial.conversation.messages, trial.plan, out);
}

}  // namespace rapidcheck

}  // namespace crumbproof
