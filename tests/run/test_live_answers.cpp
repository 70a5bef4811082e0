#include <crumbproof/run/runner.hpp>
#include <crumbproof/target/handler_target.hpp>
#include <crumbproof/twilio/http.hpp>

#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// An app that lets in who has the right Authorization header, and what it was sent.
struct Guarded {
  std::string lets_in;
  std::vector<std::string> authorizations;

  target::HandlerFactory app() {
    return [this]() -> target::Handler {
      return [this](const twilio::Request& request) {
        const auto sent = twilio::find_header(request.headers, "Authorization");
        authorizations.emplace_back(sent.value_or("none"));
        if (sent == lets_in) return twilio::Response::twiml("<Response/>").set_cookie("in=1");
        return twilio::Response{
            401,
            {{"WWW-Authenticate", R"(Basic realm="sms")"}, {"Set-Cookie", "challenged=1"}},
            ""};
      };
    };
  }
};

Executed run_at(const std::string& url, Guarded& guarded) {
  SenderSettings settings = sender();
  settings.webhook = twilio::Url::parse(url);
  target::HandlerTarget target(guarded.app());
  Runner runner(settings, target, twilio::Identities("test"));
  PlannedChoices none({});
  const auto messages = say({"a", "b"});
  Executed executed = runner.run_on_app({messages, faults::catalogue()}, none);
  CHECK(runner.effort().deliveries == guarded.authorizations.size());
  return executed;
}

}  // namespace

TEST_CASE("A challenge is answered by the same request with the URL's user") {
  Guarded guarded{"Basic YW5uOnNlY3JldA==", {}};
  const Executed executed = run_at("http://ann:secret@127.0.0.1/sms", guarded);
  CHECK(guarded.authorizations ==
        std::vector<std::string>{"none", guarded.lets_in, "none", guarded.lets_in});
  REQUIRE(executed.trace.deliveries.size() == 2);
  CHECK(executed.trace.deliveries[0].answer->status == 200);
  CHECK(executed.trace.deliveries[0].url == "http://127.0.0.1/sms");
  // Both answers' cookies are stored.
  CHECK(executed.trace.deliveries[0].answer->set_cookies ==
        std::vector<std::string>{"challenged", "in"});
  CHECK(executed.trace.deliveries[1].cookies.size() == 2);
}

TEST_CASE("A challenge without a user in the URL, or a second one, is an error answer") {
  const std::string url = GENERATE("http://127.0.0.1/sms", "http://ann:wrong@127.0.0.1/sms");
  Guarded guarded{"Basic YW5uOnNlY3JldA==", {}};
  const Executed executed = run_at(url, guarded);
  CHECK(executed.trace.deliveries[0].answer->status == 401);
  CHECK(executed.trace.deliveries[0].answer->error_code == 11217);
  CHECK(guarded.authorizations.size() == (url.find('@') == std::string::npos ? 2 : 4));
}
