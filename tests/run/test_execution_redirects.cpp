#include <map>
#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// Answers by path.
FunctionTarget::Function pages(std::map<std::string, Response> pages) {
  return [pages](const Request& request) {
    const twilio::Url url = twilio::Url::parse(request.url);
    const auto page = pages.find(url.path);
    return answered(page == pages.end() ? Response{404, {}, {}} : page->second);
  };
}

Response moved(int status, const std::string& location) {
  return {status, {{"Location", location}}, {}};
}

Outcome outcome_of(Stage& stage) { return stage.run(say({"-"})).trace.outcomes.front(); }

}  // namespace

TEST_CASE("A TwiML redirect is followed with the parameters, a new token and the cookies so far") {
  Stage stage(
      pages({{"/sms", redirect_to("next").set_cookie("a=1; Path=/")}, {"/next", reply("there")}}));
  const Executed executed = stage.run(say({"-"}));
  REQUIRE(kinds(executed) == std::vector{DeliveryKind::first, DeliveryKind::redirect});
  CHECK(replies(executed) == std::vector<std::string>{"there"});
  CHECK(executed.trace.outcomes.front().last == DeliveryNumber(2));
  CHECK(executed.trace.deliveries[0].answer->next == "http://app.test/next");
  CHECK(executed.trace.deliveries[1].triggered == at(100));
  CHECK(executed.trace.deliveries[1].message == MessageIndex(0));
  const auto& requests = stage.target.requests();
  CHECK(requests[1].method == "POST");
  CHECK(requests[1].url == "http://app.test/next");
  CHECK(requests[1].parameters == requests[0].parameters);
  CHECK(token(requests[0]) != token(requests[1]));
  CHECK(cookie_headers(requests) == std::vector<std::string>{"none", "a=1"});
}

TEST_CASE("Messages of all documents on the way are sent") {
  Stage stage(pages({{"/sms", Response::twiml("<Response><Message>one</Message><Redirect>/next"
                                              "</Redirect></Response>")},
                     {"/next", reply("two")}}));
  const Outcome outcome = outcome_of(stage);
  CHECK(outcome.messages == std::vector<ReplyMessage>{{{}, {}, "one", {}}, {{}, {}, "two", {}}});
}

TEST_CASE("A TwiML redirect by GET has the parameters in its URL") {
  Stage stage(pages(
      {{"/sms", Response::twiml("<Response><Redirect method=\"GET\">/next</Redirect></Response>")},
       {"/next", reply("there")}}));
  stage.run(say({"-"}));
  CHECK(stage.target.requests()[1].method == "GET");
  CHECK(stage.target.requests()[1].url.find("Body=-") != std::string::npos);
}

TEST_CASE("An HTTP redirect is a GET to the Location as given; 307 repeats the request") {
  for (const int status : {301, 302, 303}) {
    Stage stage(pages({{"/sms", moved(status, "/next?n=1")}, {"/next", reply("there")}}));
    const Executed executed = stage.run(say({"-"}));
    CHECK(kinds(executed) == std::vector{DeliveryKind::first, DeliveryKind::redirect});
    const Request& request = stage.target.requests()[1];
    CHECK(request.method == "GET");
    CHECK(request.url == "http://app.test/next?n=1");
    CHECK(request.parameters.empty());
    CHECK(token(request) != token(stage.target.requests()[0]));
    CHECK(executed.trace.deliveries[1].method == "GET");
  }
  Stage stage(pages({{"/sms", moved(307, "/next")}, {"/next", reply("there")}}));
  stage.run(say({"-"}));
  CHECK(stage.target.requests()[1].method == "POST");
  CHECK(stage.target.requests()[1].parameters == stage.target.requests()[0].parameters);
}

TEST_CASE("A TwiML redirect after an HTTP redirect has the parameters again") {
  Stage stage(pages({{"/sms", moved(302, "/page")},
                     {"/page", Response::twiml("<Response><Redirect method=\"GET\">/next"
                                               "</Redirect></Response>")},
                     {"/next", reply("there")}}));
  stage.run(say({"-"}));
  REQUIRE(stage.target.requests().size() == 3);
  CHECK(stage.target.requests()[1].parameters.empty());
  CHECK(stage.target.requests()[2].parameter("Body") == "-");
}

TEST_CASE("308 is not followed") {
  Stage stage(pages({{"/sms", moved(308, "/next")}, {"/next", reply("there")}}));
  const Outcome outcome = outcome_of(stage);
  CHECK(stage.target.requests().size() == 1);
  CHECK(outcome.error_code == 11216);
  CHECK(outcome.status_class == 3);
  CHECK(outcome.messages.empty());
}

TEST_CASE("A redirect to another host is told and not followed") {
  const auto response = GENERATE(values<Response>(
      {redirect_to("http://elsewhere.test/x?y=1"), moved(302, "http://elsewhere.test/x?y=1")}));
  Stage stage(pages({{"/sms", response}, {"/x", reply("there")}}));
  const Outcome outcome = outcome_of(stage);
  CHECK(stage.target.requests().size() == 1);
  CHECK(outcome.error_code == 11100);
  CHECK(outcome.status_class == response.status / 100);
  CHECK(outcome.problem ==
        "it redirects to http://elsewhere.test/x?y=1, which is not the app's host; not followed");
}

TEST_CASE("What a message's document says before it leads elsewhere is sent") {
  Stage stage(pages({{"/sms", Response::twiml("<Response><Message>one</Message><Redirect>"
                                              "http://elsewhere.test/</Redirect></Response>")}}));
  CHECK(outcome_of(stage).messages.size() == 1);
}

TEST_CASE("Another port of the same host may be reached, and what the settings allow") {
  Stage port(pages({{"/sms", redirect_to("http://app.test:81/next")}, {"/next", reply("there")}}));
  CHECK(outcome_of(port).error_code == 0);

  Stage stage(
      pages({{"/sms", redirect_to("http://elsewhere.test/next")}, {"/next", reply("there")}}));
  stage.settings.may_reach = [](const twilio::Url& url) { return url.host == "elsewhere.test"; };
  CHECK(outcome_of(stage).error_code == 0);
  CHECK(stage.target.requests()[1].url == "http://elsewhere.test/next");
  stage.settings.may_reach = [](const twilio::Url&) { return false; };
  CHECK(outcome_of(stage).error_code == 11100);
}

TEST_CASE("One message fetches 50 documents at most") {
  Stage stage([](const Request&) { return answered(redirect_to("/sms")); });
  const Executed executed = stage.run(say({"-"}));
  CHECK(executed.trace.deliveries.size() == 50);
  const Outcome& outcome = executed.trace.outcomes.front();
  CHECK(outcome.error_code == 14106);
  CHECK(outcome.status_class == 2);
  CHECK(outcome.problem.find("50 documents") != std::string::npos);
  CHECK(outcome.last == DeliveryNumber(50));
}

TEST_CASE("A chain that ends with the 50th document is sound") {
  int n = 0;
  Stage stage(
      [&](const Request&) { return answered(++n < 50 ? redirect_to("/sms") : reply("there")); });
  CHECK(outcome_of(stage).error_code == 0);
  CHECK(stage.target.requests().size() == 50);
}

TEST_CASE("10 HTTP redirects in a row are followed, and not one more") {
  Stage stage([](const Request&) { return answered(moved(302, "/sms")); });
  const Executed executed = stage.run(say({"-"}));
  CHECK(executed.trace.deliveries.size() == 11);
  const Outcome& outcome = executed.trace.outcomes.front();
  CHECK(outcome.error_code == 11215);
  CHECK(outcome.status_class == 3);
  CHECK(outcome.problem == "more than 10 HTTP redirects in a row");

  int n = 0;
  Stage ends(
      [&](const Request&) { return answered(++n <= 10 ? moved(302, "/") : reply("there")); });
  CHECK(outcome_of(ends).error_code == 0);
}

TEST_CASE("A document begins a new row of HTTP redirects, and these count as no documents") {
  int n = 0;
  Stage stage([&](const Request&) {
    return answered(++n % 10 == 0 ? redirect_to("/sms") : moved(307, "/sms"));
  });
  const Executed executed = stage.run(say({"-"}));
  CHECK(executed.trace.outcomes.front().error_code == 14106);
  CHECK(executed.trace.deliveries.size() == 500);
}

TEST_CASE("The fallback begins a new row of HTTP redirects") {
  int n = 0;
  Stage stage([&](const Request&) {
    ++n;
    if (n == 11) return answered(Response{500, {}, {}});
    return answered(n <= 21 ? moved(302, "/sms") : reply("there"));
  });
  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  CHECK(outcome_of(stage).error_code == 0);
}

TEST_CASE("A redirect that holds the sender's number leads to the real one") {
  Stage stage([](const Request& request) {
    const std::string digits(request.parameter("From").substr(1));
    if (request.url == "http://app.test/sms") {
      return answered(redirect_to("/for/" + digits + "?from=%2B" + digits));
    }
    return answered(reply(request.url));
  });
  const Executed executed = stage.run(say({"-"}));
  CHECK(executed.trace.deliveries[1].url ==
        "http://app.test/for/{From:digits}?from={From:encoded}");
  CHECK(stage.target.requests()[1].url.find("{") == std::string::npos);
  CHECK(replies(executed) ==
        std::vector<std::string>{"http://app.test/for/{From:digits}?from={From:encoded}"});
}

TEST_CASE("A redirect that fails leads to the fallback, which is told of the redirect's URL") {
  Stage stage(pages({{"/sms", redirect_to("/gone?x=1")}, {"/fallback", reply("sorry")}}));
  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  const Executed executed = stage.run(say({"-"}));
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::redirect, DeliveryKind::fallback});
  CHECK(stage.target.requests()[2].parameter("ErrorUrl") == "http://app.test/gone?x=1");
}

TEST_CASE("A redirect follow-up can be dropped and is sent again") {
  Stage stage(pages({{"/sms", redirect_to("/next")}, {"/next", reply("there")}}));
  const Executed executed = stage.run(say({"-"}), {fault("drop", 2)});
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::redirect, DeliveryKind::retry});
  CHECK(executed.trace.deliveries[2].triggered == at(5100));
  CHECK(executed.trace.outcomes.front().error_code == 0);
}
