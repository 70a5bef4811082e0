#include "proved.hpp"

#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <stdexcept>
#include <string>

namespace crumbproof::report::sample {

namespace {

search::CheckResult judged() {
  search::CheckSettings settings;
  settings.scripts = {{"", {}}};
  Instant at;
  for (const char* const body : {"order", "yes"}) {
    settings.scripts[0].messages.push_back({PairIndex(0), body, at});
    at += search::kDefaultGap;
  }
  settings.kinds = faults::default_kinds();
  settings.properties = properties::default_properties();
  run::SenderSettings sender;
  sender.webhook = twilio::Url::parse("http://127.0.0.1/sms");
  target::HandlerTarget target([]() -> target::Handler {
    return [said = 0](const twilio::Request& request) mutable {
      const std::string body(request.parameter("Body"));
      twilio::Response response =
          twilio::Response::twiml("<Response><Message>Heard " + body + "</Message></Response>");
      response.set_cookie("count=" + std::to_string(++said));
      return response;
    };
  });
  run::Runner runner(sender, target, twilio::Identities("test"));
  search::Observer observer;
  return search::check(settings, runner, observer);
}

}  // namespace

const search::CheckResult& proved() {
  static const search::CheckResult kResult = judged();
  if (!kResult.proof) throw std::runtime_error("the sample has no proof");
  return kResult;
}

}  // namespace crumbproof::report::sample
