#include <crumbproof/run/participants.hpp>

#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

const Message kSaid{PairIndex(0), "hi", {}};

struct Cast {
  explicit Cast(std::string to = "+15005550006") { settings.to = std::move(to); }

  AppRequest request(std::uint32_t pair, std::uint32_t message, std::uint32_t token) const {
    AppRequest request;
    request.key.pair = pair;
    request.key.message = message;
    request.key.token = token;
    request.said = &kSaid;
    request.url = &url;
    request.method = "POST";
    return request;
  }

  SenderSettings settings;
  twilio::Identities identities{"cast"};
  Unused unused;
  twilio::Url url = twilio::Url::parse("http://app.test/sms");
};

std::string token_of(const twilio::Request& request) {
  return std::string(
      twilio::find_header(request.headers, "I-Twilio-Idempotency-Token").value_or(""));
}

}  // namespace

TEST_CASE("Numbers, SIDs and tokens are drawn when they are first needed, and stay") {
  Cast cast;
  Participants participants(cast.settings, cast.identities, cast.unused);
  const auto first = participants.webhook(cast.request(1, 1, 1));
  const auto again = participants.webhook(cast.request(1, 1, 1));
  const auto second = participants.webhook(cast.request(2, 2, 2));
  CHECK(first.parameters == again.parameters);
  CHECK(first.headers == again.headers);
  CHECK(first.parameter("From") == cast.identities.sender(0));
  CHECK(first.parameter("MessageSid") == cast.identities.sid("SM", 0));
  CHECK(token_of(first) == cast.identities.uuid(0));
  CHECK(second.parameter("From") == cast.identities.sender(1));
  CHECK(second.parameter("MessageSid") == cast.identities.sid("SM", 1));
  CHECK(token_of(second) == cast.identities.uuid(1));
  CHECK(first.parameter("To") == "+15005550006");
  CHECK(first.parameter("AccountSid") == cast.settings.account_sid);
  CHECK(cast.unused.sender("US") == 2);
  CHECK(cast.unused.sid() == 2);
  CHECK(cast.unused.token() == 2);
}

TEST_CASE("Nothing that an app has met comes again in a later execution") {
  Cast cast;
  Participants one(cast.settings, cast.identities, cast.unused);
  Participants other(cast.settings, cast.identities, cast.unused);
  const auto before = one.webhook(cast.request(1, 1, 1));
  const auto after = other.webhook(cast.request(1, 1, 1));
  CHECK(before.parameter("From") != after.parameter("From"));
  CHECK(before.parameter("MessageSid") != after.parameter("MessageSid"));
  CHECK(token_of(before) != token_of(after));
}

TEST_CASE("No sender has the app's own number") {
  Cast cast(twilio::Identities("cast").sender(0));
  Participants participants(cast.settings, cast.identities, cast.unused);
  CHECK(participants.webhook(cast.request(1, 1, 1)).parameter("From") == cast.identities.sender(1));
  CHECK(participants.webhook(cast.request(2, 2, 2)).parameter("From") == cast.identities.sender(2));
}

TEST_CASE("What was drawn has a pseudonym from then on") {
  Cast cast;
  Participants participants(cast.settings, cast.identities, cast.unused);
  const auto hide = [&](const std::string& text) { return participants.pseudonyms().hide(text); };
  const std::string from = cast.identities.sender(0);
  const std::string sid = cast.identities.sid("SM", 0);
  CHECK(hide("+15005550006") == "{To}");
  CHECK(hide(from) == from);
  participants.webhook(cast.request(1, 1, 1));
  CHECK(hide(from) == "{From}");
  CHECK(hide(sid) == "{MessageSid:1}");
  CHECK(hide(cast.identities.uuid(0)) == "{Token:1}");
  participants.webhook(cast.request(2, 2, 2));
  CHECK(hide(cast.identities.sender(1)) == "{From2}");
  CHECK(hide(cast.identities.sid("SM", 1)) == "{MessageSid:2}");
  CHECK(hide(cast.identities.uuid(1)) == "{Token:2}");
}

TEST_CASE("A request goes to the real path and query behind the pseudonyms") {
  Cast cast;
  cast.url = twilio::Url::parse("http://app.test/sms");
  cast.url.path = "/in/{From:digits}";
  cast.url.query = "from={From:encoded}&sid={MessageSid:1}";
  cast.url.has_query = true;
  Participants participants(cast.settings, cast.identities, cast.unused);
  participants.webhook(cast.request(1, 1, 1));
  const auto request = participants.webhook(cast.request(1, 1, 2));
  const std::string digits = cast.identities.sender(0).substr(1);
  CHECK(request.url == "http://app.test/in/" + digits + "?from=%2B" + digits +
                           "&sid=" + cast.identities.sid("SM", 0));
}

TEST_CASE("All that shapes a request gets on the wire") {
  Cast cast;
  cast.settings.auth_token = "12345";
  cast.settings.account_sid = "AC1";
  Participants participants(cast.settings, cast.identities, cast.unused);
  AppRequest request = cast.request(1, 1, 1);
  request.cookie = "sid=7";
  request.fallback = twilio::FallbackReason{11200, "http://app.test/other"};
  const auto sent = participants.webhook(request);
  CHECK(sent.method == "POST");
  CHECK(sent.parameter("Body") == "hi");
  CHECK(sent.parameter("AccountSid") == "AC1");
  CHECK(sent.parameter("ErrorCode") == "11200");
  CHECK(sent.parameter("ErrorUrl") == "http://app.test/other");
  CHECK(sent.cookie("sid") == "7");
  CHECK(twilio::find_header(sent.headers, "X-Twilio-Signature"));

  request.method = "GET";
  request.without_parameters = true;
  const auto bare = participants.webhook(request);
  CHECK(bare.method == "GET");
  CHECK(bare.url == "http://app.test/sms");
  CHECK(bare.parameters.empty());

  cast.settings.auth_token.clear();
  CHECK_FALSE(twilio::find_header(participants.webhook(request).headers, "X-Twilio-Signature"));
}

TEST_CASE("A probe is a plain GET with the numbers of the pair filled in") {
  Cast cast;
  cast.settings.probe = "http://app.test/debug?from={From}&to={To}&again={From}";
  Participants participants(cast.settings, cast.identities, cast.unused);
  participants.webhook(cast.request(1, 1, 1));
  participants.webhook(cast.request(2, 2, 2));
  const std::string one = cast.identities.sender(0).substr(1);
  const std::string two = cast.identities.sender(1).substr(1);
  const auto probe = participants.probe(0);
  CHECK(probe.method == "GET");
  CHECK(probe.url == "http://app.test/debug?from=%2B" + one + "&to=%2B15005550006&again=%2B" + one);
  CHECK(probe.parameters.empty());
  CHECK_FALSE(twilio::find_header(probe.headers, "Cookie"));
  CHECK_FALSE(twilio::find_header(probe.headers, "X-Twilio-Signature"));
  CHECK(participants.probe(1).url.find(two) != std::string::npos);
}

TEST_CASE("A number without a plus stands in a probe as it is") {
  Cast cast("12345");
  cast.settings.probe = "http://app.test/{To}";
  Participants participants(cast.settings, cast.identities, cast.unused);
  CHECK(participants.probe(0).url == "http://app.test/12345");
}

TEST_CASE("Media have SIDs of their own, which stay with the message") {
  Cast cast;
  const Message said{PairIndex(0), "look", {}, {"image/jpeg", "image/png"}};
  AppRequest request = cast.request(1, 1, 1);
  request.said = &said;
  Participants participants(cast.settings, cast.identities, cast.unused);
  const auto first = participants.webhook(request);
  CHECK(first.parameter("MessageSid").starts_with("MM"));
  CHECK(first.parameter("MediaUrl0").ends_with("/Media/" + cast.identities.sid("ME", 1)));
  CHECK(first.parameter("MediaUrl1").ends_with("/Media/" + cast.identities.sid("ME", 2)));
  CHECK(participants.webhook(request).parameters == first.parameters);
  CHECK(participants.pseudonyms().hide(cast.identities.sid("ME", 2)) == "{MediaSid:1.1}");
}

TEST_CASE("A message's parameters beside the usual ones go to the app") {
  Cast cast;
  const Message said{PairIndex(0), "yes", {},
                     {},           {},    {{"ButtonText", "Yes"}, {"ButtonPayload", "y"}}};
  AppRequest request = cast.request(1, 1, 1);
  request.said = &said;
  Participants participants(cast.settings, cast.identities, cast.unused);
  const auto sent = participants.webhook(request);
  CHECK(sent.parameter("ButtonText") == "Yes");
  CHECK(sent.parameter("ButtonPayload") == "y");
}

TEST_CASE("A sender from where no numbers are known is bad input") {
  Cast cast;
  const Message said{PairIndex(0), "hi", {}, {}, {Channel::sms, "XX"}};
  AppRequest request = cast.request(1, 1, 1);
  request.said = &said;
  Participants participants(cast.settings, cast.identities, cast.unused);
  CHECK_THROWS_WITH(participants.webhook(request), "no senders of the country \"XX\" are known");
}
