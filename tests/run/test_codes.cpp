// Each of Twilio's codes that an app can bring about, raised by its trigger (section 5.3 of
// https://www.twilio.com/docs/api/errors as docs/reference.md tells it).

#include <crumbproof/twilio/error_codes.hpp>

#include <algorithm>
#include <set>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;
using target::Ending;
using target::Unreachable;

namespace {

using App = FunctionTarget::Function;

App always(Response response) {
  return [response](const Request&) { return answered(response); };
}

App twiml(const std::string& inside) {
  return always(Response::twiml("<Response>" + inside + "</Response>"));
}

App raw(const std::string& type, const std::string& body) {
  return always(Response{200, {{"Content-Type", type}}, body});
}

App unreachable(Unreachable why) {
  return [why](const Request&) {
    Exchange exchange;
    exchange.ending = Ending::unreachable;
    exchange.why = why;
    return exchange;
  };
}

App ends(Ending ending, bool began = false) {
  return [ending, began](const Request&) {
    Exchange exchange;
    exchange.ending = ending;
    exchange.began = began;
    return exchange;
  };
}

/// The code with which the webhook failed, as the fallback hears of it.
std::string error_of(App app, const std::string& overrides = "") {
  Stage stage([app = std::move(app)](const Request& request) {
    return request.url.ends_with("/fallback") ? answered(reply("sorry")) : app(request);
  });
  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  stage.settings.policy = twilio::DeliveryPolicy::parse(overrides);
  const Executed executed = stage.run(say({"hi"}));
  CHECK(replies(executed) == std::vector<std::string>{"sorry"});
  return std::string(stage.target.requests().back().parameter("ErrorCode"));
}

/// The codes of the warnings; the webhook itself must not fail.
std::set<std::string> warnings_of(App app) {
  Stage stage(std::move(app));
  const Executed executed = stage.run(say({"hi"}));
  CHECK(executed.trace.outcomes.front().error_code == 0);
  std::set<std::string> codes;
  for (const std::string& warning : executed.warnings) codes.insert(warning.substr(0, 5));
  return codes;
}

/// How the webhook ends where no fallback can help.
int outcome_of(App app) {
  Stage stage(std::move(app));
  return stage.run(say({"hi"})).trace.outcomes.front().error_code;
}

using Codes = std::set<std::string>;

}  // namespace

TEST_CASE("11100: a <Redirect> to a malformed URL") {
  CHECK(error_of(twiml("<Redirect>http://a b/</Redirect>")) == "11100");
}

TEST_CASE("11200: no Content-Type, and an answer that is later than rt with time left") {
  CHECK(error_of(always(Response{200, {}, "hi"})) == "11200");
  CHECK(error_of(ends(Ending::timed_out), "rt=5000") == "11200");
}

TEST_CASE("11201: two connects timed out") {
  CHECK(error_of(unreachable(Unreachable::timed_out)) == "11201");
}

TEST_CASE("11202: two connects refused") {
  CHECK(error_of(unreachable(Unreachable::refused)) == "11202");
}

TEST_CASE("11203: the total time is used up") {
  CHECK(error_of(ends(Ending::timed_out), "tt=5000") == "11203");
  CHECK(error_of(ends(Ending::timed_out), "rt=8000&rp=rt&rc=2") == "11203");
}

TEST_CASE("11205: one connect failed and no more are made, and the 15 s timer ran out") {
  CHECK(error_of(unreachable(Unreachable::refused), "rc=0") == "11205");
  CHECK(error_of(ends(Ending::timed_out)) == "11205");
}

TEST_CASE("11206: broken or incomplete HTTP, and a broken Set-Cookie") {
  CHECK(error_of(ends(Ending::malformed)) == "11206");
  CHECK(error_of(ends(Ending::cut, true)) == "11206");
  Response tab = reply("hi");
  tab.set_cookie("a=1\t2");
  CHECK(error_of(always(tab)) == "11206");
}

TEST_CASE("11210: the host cannot be resolved") {
  CHECK(error_of(unreachable(Unreachable::unresolved)) == "11210");
}

TEST_CASE("11215: too many HTTP redirects") {
  CHECK(outcome_of(always(Response{302, {{"Location", "/sms"}}, ""})) == 11215);
}

TEST_CASE("11216: a 308, and a redirect without a Location") {
  CHECK(error_of(always(Response{308, {{"Location", "/next"}}, ""})) == "11216");
  CHECK(error_of(always(Response{302, {}, ""})) == "11216");
}

TEST_CASE("11217: a status 4xx or 5xx, 429 among them") {
  for (const int status : {400, 404, 429, 500, 503}) {
    CHECK(error_of(always(Response{status, {}, ""})) == "11217");
  }
}

TEST_CASE("11220: the TLS handshake is reset") {
  CHECK(error_of(unreachable(Unreachable::tls_failed)) == "11220");
}

TEST_CASE("11235: the certificate is for another name") {
  CHECK(error_of(unreachable(Unreachable::tls_name)) == "11235");
}

TEST_CASE("11236: the certificate has expired") {
  CHECK(error_of(unreachable(Unreachable::tls_expired)) == "11236");
}

TEST_CASE("11237: the certificate leads to no known authority") {
  CHECK(error_of(unreachable(Unreachable::tls_untrusted)) == "11237");
}

TEST_CASE("11750: the answer is over 64 kB") {
  CHECK(error_of(raw("text/plain", std::string(65'537, 'x'))) == "11750");
  CHECK(error_of(ends(Ending::too_large)) == "11750");
}

TEST_CASE("11770: the answer is chunked and empty") {
  CHECK(error_of(always(
            Response{200, {{"Content-Type", "text/xml"}, {"Transfer-Encoding", "chunked"}}, ""})) ==
        "11770");
}

TEST_CASE("12100: not well-formed, or something before the XML") {
  CHECK(error_of(raw("text/xml", "<Response><Message>hi</Response>")) == "12100");
  CHECK(error_of(raw("text/xml", "\n<?xml version='1.0'?><Response/>")) == "12100");
}

TEST_CASE("12101: a bad version of Response") {
  CHECK(error_of(raw("text/xml", "<Response version='9'/>")) == "12101");
}

TEST_CASE("12102: the root is not Response") {
  CHECK(error_of(raw("text/xml", "<response/>")) == "12102");
}

TEST_CASE("12200: an unknown verb or attribute warns, and the rest is carried out") {
  CHECK(warnings_of(twiml("<Mesage>a</Mesage><Message colour='red'>b</Message>")) ==
        Codes{"12200"});
  Stage stage(twiml("<Mesage>a</Mesage><Message>b</Message>"));
  CHECK(replies(stage.run(say({"hi"}))) == std::vector<std::string>{"b"});
}

TEST_CASE("12300: a content type that Twilio does not read") {
  CHECK(error_of(raw("application/json", "{}")) == "12300");
}

TEST_CASE("14101: the to of a message is no number") {
  CHECK(warnings_of(twiml("<Message to='Ann'>a</Message>")) == Codes{"14101"});
}

TEST_CASE("14102: the from of a message is not the account's") {
  CHECK(warnings_of(twiml("<Message from='+15005550001'>a</Message>")) == Codes{"14102"});
  CHECK(warnings_of(twiml("<Message from='Shop!'>a</Message>")) == Codes{"14102"});
  CHECK(warnings_of(twiml("<Message from='+15005550006'>a</Message>")).empty());
}

TEST_CASE("14103: a message with nothing in it, or with too much") {
  CHECK(warnings_of(twiml("<Message/>")) == Codes{"14103"});
  CHECK(warnings_of(twiml("<Message>" + std::string(1601, 'x') + "</Message>")) == Codes{"14103"});
}

TEST_CASE("14104: a method that is neither GET nor POST") {
  CHECK(warnings_of(twiml("<Message action='' method='PUT'>a</Message>")) == Codes{"14104"});
}

TEST_CASE("14105: a statusCallback that is no URL") {
  CHECK(warnings_of(twiml("<Message statusCallback='http://'>a</Message>")) == Codes{"14105"});
}

TEST_CASE("14106: more than 50 documents for one message") {
  CHECK(outcome_of(twiml("<Redirect>/sms</Redirect>")) == 14106);
}

TEST_CASE("14107: more than 30 replies in quick succession") {
  Stage stage(twiml("<Message>a</Message>"));
  std::vector<Message> messages;
  for (int i = 0; i < 31; ++i) {
    messages.push_back({PairIndex(0), "hi", Instant(std::chrono::seconds(10 * i))});
  }
  const Executed executed = stage.run(messages);
  CHECK(executed.trace.outcomes[29].messages.at(0).error_code == 0);
  CHECK(executed.trace.outcomes[30].messages.at(0).error_code == 14107);
  CHECK_THAT(executed.warnings.at(0), Catch::StartsWith("14107: "));
}

TEST_CASE("14108: a from that cannot send on this channel") {
  CHECK(warnings_of(twiml("<Message from='client:ann'>a</Message>")) == Codes{"14108"});
}

TEST_CASE("14109: more than ten replies to one message") {
  std::string eleven;
  for (int i = 0; i < 11; ++i) eleven += "<Message>a</Message>";
  CHECK(warnings_of(twiml(eleven)) == Codes{"14109"});
}

TEST_CASE("14110: a verb of calls") { CHECK(warnings_of(twiml("<Say>a</Say>")) == Codes{"14110"}); }

TEST_CASE(
    "Every code that an app can bring about has a meaning, a remedy and its place in the list") {
  int last = 0;
  for (const twilio::ErrorCode& known : twilio::error_codes()) {
    CAPTURE(known.code);
    CHECK(known.code > last);
    last = known.code;
    CHECK(known.meaning.ends_with('.'));
    CHECK(known.remedy.ends_with('.'));
    CHECK(twilio::find_error_code(known.code) == &known);
  }
  CHECK(twilio::find_error_code(12345) == nullptr);
}
