#include <crumbproof/twilio/twiml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using crumbproof::ReplyMessage;
using crumbproof::twilio::Document;
using crumbproof::twilio::kMaxDocumentBytes;
using crumbproof::twilio::read_document;
using crumbproof::twilio::Redirect;

namespace {

Document read(std::string_view body) { return read_document(200, "text/xml", body); }

/// Reads what stands in a <Response>, which has to be sound.
Document response(const std::string& verbs) {
  Document document = read("<Response>" + verbs + "</Response>");
  CAPTURE(verbs);
  CHECK(document.error_code == 0);
  CHECK(document.problem.empty());
  return document;
}

ReplyMessage text(std::string body) { return {"", "", std::move(body), {}}; }

using Texts = std::vector<ReplyMessage>;
using Warnings = std::vector<std::string>;

/// The one message of a document without warnings.
ReplyMessage only(const std::string& verbs) {
  const Document document = response(verbs);
  CHECK(document.warnings == Warnings{});
  REQUIRE(document.messages.size() == 1);
  return document.messages[0];
}

}  // namespace

TEST_CASE("Documents of the XML types and of text/html are TwiML") {
  for (const std::string type : {"text/xml", "application/xml", "text/html", "Text/HTML",
                                 "text/xml; charset=utf-8", " text/xml ;x"}) {
    CAPTURE(type);
    const Document document =
        read_document(200, type, "<Response><Message>hi</Message></Response>");
    CHECK(document.messages == Texts{text("hi")});
    CHECK(document.error_code == 0);
  }
}

TEST_CASE("Plain text is the message itself") {
  const Document document = read_document(200, "text/plain; charset=utf-8", " <hi> & bye\n");
  CHECK(document.messages == Texts{text("<hi> & bye")});
  CHECK(document.error_code == 0);
  CHECK(document.warnings.empty());
  CHECK(read_document(200, "text/plain", "a\xff").messages == Texts{text("a\uFFFD")});
}

TEST_CASE("Plain text has the limits of a message") {
  const Document blank = read_document(200, "text/plain", " \n");
  CHECK(blank.messages.empty());
  CHECK(blank.warnings == Warnings{"14103: a message has neither text nor media; it is not sent"});
  const Document longer = read_document(200, "text/plain", std::string(1601, 'x'));
  CHECK(longer.messages.empty());
  CHECK(longer.warnings ==
        Warnings{"14103: a message has more than 1600 characters; it is not sent"});
}

TEST_CASE("Other types are errors") {
  const Document json = read_document(200, "application/json", "{}");
  CHECK(json.error_code == 12300);
  CHECK(json.problem ==
        "Twilio reads no \"application/json\"; the Content-Type has to be text/xml, "
        "application/xml, text/html or text/plain");
  CHECK(read_document(200, "text/xmls", "<Response/>").error_code == 12300);
  const Document none = read_document(200, "", "<Response/>");
  CHECK(none.error_code == 11200);
  CHECK(none.problem == "the answer has no Content-Type");
}

TEST_CASE("No reply: 204, an empty answer, an empty Response") {
  CHECK(read_document(204, "", "") == Document());
  CHECK(read_document(204, "application/json", "{}") == Document());
  CHECK(read("<Response/>") == Document());
  CHECK(read("<Response></Response>") == Document());
  Document empty;
  empty.warnings = {"11200: the answer is empty; to send no reply, answer <Response/>"};
  CHECK(read_document(200, "", "") == empty);
  CHECK(read_document(200, "text/xml", "") == empty);
}

TEST_CASE("An answer may have 64 kB") {
  const std::string start = "<Response>";
  const std::string end = "</Response>";
  const std::string blanks(kMaxDocumentBytes - start.size() - end.size(), ' ');
  CHECK(read(start + blanks + end) == Document());
  const Document longer = read(start + blanks + " " + end);
  CHECK(longer.error_code == 11750);
  CHECK(longer.problem == "the answer has more than 65536 bytes");
  CHECK(read_document(200, "text/plain", std::string(kMaxDocumentBytes + 1, 'x')).error_code ==
        11750);
}

TEST_CASE("What is no XML is error 12100") {
  for (const std::string_view body :
       {"\n<?xml version=\"1.0\"?><Response/>", " ", "hello", "<Response>", "<Response><Message>",
        "<Response><Message>a & b</Message></Response>", "<Response a=1/>",
        "<Response>&nbsp;</Response>", "<Response/><Response/>"}) {
    CAPTURE(std::string(body));
    const Document document = read(body);
    CHECK(document.error_code == 12100);
    CHECK(document.problem.starts_with("the document is no well-formed XML: "));
    CHECK(document.messages.empty());
  }
}

TEST_CASE("The root has to be a Response of a version that there is") {
  const Document html = read_document(200, "text/html", "<!DOCTYPE html><html><p>hi</p></html>");
  CHECK(html.error_code == 12102);
  CHECK(html.problem == "the root element is <html>, not <Response>");
  CHECK(read("<response/>").error_code == 12102);
  const Document version = read("<Response version='x'><Message>hi</Message></Response>");
  CHECK(version.error_code == 12101);
  CHECK(version.problem == "the version of <Response> is \"x\", not 1.0");
  CHECK(version.messages.empty());
  CHECK(read("<Response version='1.0'/>") == Document());
  CHECK(read("<Response version='1'/>") == Document());
}

TEST_CASE("Text of a message is trimmed outside and kept inside") {
  CHECK(only("<Message>\n  two\n  lines \n</Message>").body == "two\n  lines");
  CHECK(only("<Message>a\r\nb</Message>").body == "a\nb");
  CHECK(only("<Message>\t&#32;a&#10;</Message>").body == "a");
  CHECK(only("<Message>&#160;a</Message>").body == "\u00a0a");
}

TEST_CASE("Entities, CDATA and comments") {
  CHECK(only("<Message>&lt;a&gt; &amp;amp; &quot;&apos;&#x1F600;&#241;</Message>").body ==
        "<a> &amp; \"'😀ñ");
  CHECK(only("<Message><![CDATA[a & <b>]]></Message>").body == "a & <b>");
  CHECK(only("<Message>a<!-- no --> <![CDATA[b]]> c</Message>").body == "a b c");
  CHECK(only("<!-- <Message>no</Message> --><Message>yes</Message>").body == "yes");
  CHECK(read("<?xml version='1.0' encoding='iso-8859-1'?><Response><Message>\xf1</Message>"
             "</Response>")
            .messages == Texts{text("ñ")});
}

TEST_CASE("Body and Media; several Body are joined") {
  CHECK(only("<Message><Body>hi</Body></Message>") == text("hi"));
  CHECK(only("<Message>\n<Body> a </Body>\n<Body>b </Body>\n</Message>") == text("a b"));
  CHECK(only("<Message><Media> http://x/1.png </Media><Body>hi</Body><Media>http://x/2?a=1&amp;b"
             "</Media></Message>") ==
        ReplyMessage{"", "", "hi", {"http://x/1.png", "http://x/2?a=1&b"}});
  CHECK(only("<Message><Media>http://x/1.png</Media></Message>") ==
        ReplyMessage{"", "", "", {"http://x/1.png"}});
}

TEST_CASE("Text beside a Body is skipped with a warning") {
  const Document document = response("<Message>a<Body>b</Body></Message>");
  CHECK(document.messages == Texts{text("b")});
  CHECK(document.warnings ==
        Warnings{"12200: text may not stand beside the elements in <Message>; it is skipped"});
}

TEST_CASE("A message has at most ten Media, and an empty one is none") {
  std::string media;
  for (int i = 0; i < 11; ++i) media += "<Media>http://x/" + std::to_string(i) + "</Media>";
  const Document document = response("<Message>" + media + "</Message>");
  REQUIRE(document.messages.size() == 1);
  CHECK(document.messages[0].media.size() == 10);
  CHECK(document.warnings ==
        Warnings{"12200: a message has more than 10 <Media>; the rest is skipped"});
  CHECK(response("<Message>a<Media> </Media></Message>").warnings ==
        Warnings{"12200: a <Media> is empty; it is skipped"});
}

TEST_CASE("Messages are sent from top to bottom; Sms is the old name") {
  const Document document =
      response("<Message>1</Message><Sms>2</Sms><Message><Body>3</Body></Message>");
  CHECK(document.messages == Texts{text("1"), text("2"), text("3")});
  CHECK(document.warnings.empty());
  CHECK(document.redirect == std::nullopt);
}

TEST_CASE("A message names its numbers if it does") {
  CHECK(only("<Message to='+15005550001' from='+15005550002' statusCallback='/status'>a"
             "</Message>") == ReplyMessage{"+15005550001", "+15005550002", "a", {}, "/status"});
}

TEST_CASE("A statusCallback that is no URL warns") {
  const Document document = response("<Message statusCallback='not a url'>a</Message>");
  CHECK(document.messages == Texts{text("a")});
  CHECK(document.warnings ==
        Warnings{"14105: the statusCallback \"not a url\" has a space in it, which a URL writes as "
                 "%20; nothing is called"});
}

TEST_CASE("A message without text and media is not sent, nor is one of over 1600 characters") {
  CHECK(only("<Message>" + std::string(1600, 'x') + "</Message>").body.size() == 1600);
  std::string wide;
  for (int i = 0; i < 1600; ++i) wide += "ñ";
  CHECK(only("<Message> " + wide + " </Message>").body == wide);

  for (const std::string verb :
       {"<Message/>", "<Message> </Message>", "<Message><Body/></Message>"}) {
    const Document document = response(verb + "<Message>next</Message>");
    CHECK(document.messages == Texts{text("next")});
    CHECK(document.warnings ==
          Warnings{"14103: a message has neither text nor media; it is not sent"});
  }
  const Document longer = response("<Message><Body>" + wide + "</Body><Body>x</Body></Message>");
  CHECK(longer.messages.empty());
  CHECK(longer.warnings ==
        Warnings{"14103: a message has more than 1600 characters; it is not sent"});
}

TEST_CASE("Of more than ten messages the rest is not sent, and what follows is carried out") {
  std::string verbs;
  Texts ten;
  for (int i = 0; i < 10; ++i) {
    verbs += "<Message>" + std::to_string(i) + "</Message>";
    ten.push_back(text(std::to_string(i)));
  }
  CHECK(response(verbs).warnings.empty());
  const Document document =
      response(verbs + "<Message>10</Message><Message>11</Message><Redirect>/next</Redirect>");
  CHECK(document.messages == ten);
  CHECK(document.warnings ==
        Warnings{"14109: there are more than 10 messages; the rest is not sent"});
  CHECK(document.redirect == Redirect{"/next", "POST"});
}

TEST_CASE("A Redirect ends the document") {
  const Document document = response(
      "<Message>1</Message><Redirect method='GET'>\n ../next?a=1&amp;b=2 </Redirect>"
      "<Message>2</Message><Redirect>/other</Redirect><Nonsense/>");
  CHECK(document.messages == Texts{text("1")});
  CHECK(document.redirect == Redirect{"../next?a=1&b=2", "GET"});
  CHECK(document.warnings.empty());
}

TEST_CASE("A Redirect is a POST if it says nothing else, and may be empty: the same document") {
  CHECK(response("<Redirect>/x</Redirect>").redirect == Redirect{"/x", "POST"});
  CHECK(response("<Redirect method='post'>/x</Redirect>").redirect == Redirect{"/x", "POST"});
  CHECK(response("<Redirect method='get'>/x</Redirect>").redirect == Redirect{"/x", "GET"});
  CHECK(response("<Redirect/>").redirect == Redirect{"", "POST"});
}

TEST_CASE("A method that is neither GET nor POST warns, and POST is taken") {
  const Document redirect = response("<Redirect method='PUT'>/x</Redirect>");
  CHECK(redirect.redirect == Redirect{"/x", "POST"});
  CHECK(redirect.warnings ==
        Warnings{"14104: the method of <Redirect> is neither GET nor POST but \"PUT\"; POST is "
                 "taken"});
  const Document message = response("<Message method=''>a</Message>");
  CHECK(message.messages == Texts{text("a")});
  CHECK(message.warnings ==
        Warnings{"14104: the method of <Message> is neither GET nor POST but \"\"; POST is taken"});
}

TEST_CASE("A message's action is where the document goes on") {
  const Document document = response(
      "<Message action=' /next ' method='GET'>1</Message><Message>2</Message>"
      "<Redirect>/other</Redirect>");
  CHECK(document.messages == Texts{text("1")});
  CHECK(document.redirect == Redirect{"/next", "GET"});
  CHECK(document.warnings ==
        Warnings{"12200: <Message> has an action: its document comes next, and what follows here "
                 "is not reached. Twilio's pages contradict each other on this"});
  CHECK(response("<Message action='/next'>1</Message>").redirect == Redirect{"/next", "POST"});
  CHECK(response("<Message action='/next'/>").redirect == Redirect{"/next", "POST"});
  CHECK(response("<Message action=''>1</Message>").redirect == std::nullopt);
}

TEST_CASE("What is unknown or misplaced warns, and the rest is carried out") {
  struct Row {
    std::string verbs;
    std::string warning;
  };
  const Row row = GENERATE(values<Row>({
      {"<message>no</message>",
       "12200: there is no verb <message>, only <Message> and <Redirect>; it is skipped"},
      {"<Response><Message>no</Message></Response>",
       "12200: there is no verb <Response>, only <Message> and <Redirect>; it is skipped"},
      {"<Body>no</Body>",
       "12200: there is no verb <Body>, only <Message> and <Redirect>; it is skipped"},
      {"<Say>no</Say>", "14110: <Say> is for calls; it is skipped"},
      {"loose text", "12200: text may not stand beside the elements in <Response>; it is skipped"},
  }));
  const Document document = response(row.verbs + "<Message>yes</Message>");
  CHECK(document.messages == Texts{text("yes")});
  CHECK(document.warnings == Warnings{row.warning});
}

TEST_CASE("Inside a message, too") {
  struct Row {
    std::string message;
    std::string warning;
  };
  const Row row = GENERATE(values<Row>({
      {"<Message>yes<b>no</b></Message>", "12200: <b> may not stand in <Message>; it is skipped"},
      {"<Message><Redirect>/no</Redirect>yes</Message>",
       "12200: <Redirect> may not stand in <Message>; it is skipped"},
      {"<Message><body>no</body>yes</Message>",
       "12200: <body> may not stand in <Message>; it is skipped"},
      {"<Message><Body>yes<b>no</b></Body></Message>",
       "12200: <b> may not stand in <Body>; it is skipped"},
      {"<Message TO='no'>yes</Message>", "12200: <Message> has no attribute \"TO\"; it is ignored"},
      {"<Message statuscallback='no'>yes</Message>",
       "12200: <Message> has no attribute \"statuscallback\"; it is ignored"},
      {"<Message><Body to='no'>yes</Body></Message>",
       "12200: <Body> has no attribute \"to\"; it is ignored"},
  }));
  const Document document = response(row.message);
  CHECK(document.messages == Texts{text("yes")});
  CHECK(document.warnings == Warnings{row.warning});
}

TEST_CASE("Inside a Redirect, a Media and a Response, too") {
  CHECK(response("<Redirect url='/no'>/x</Redirect>").warnings ==
        Warnings{"12200: <Redirect> has no attribute \"url\"; it is ignored"});
  const Document nested = response("<Redirect>/x<Message>no</Message></Redirect>");
  CHECK(nested.warnings == Warnings{"12200: <Message> may not stand in <Redirect>; it is skipped"});
  CHECK(nested.redirect == Redirect{"/x", "POST"});
  CHECK(response("<Message><Media type='x'>http://x/<b/></Media></Message>").warnings ==
        Warnings{"12200: <Media> has no attribute \"type\"; it is ignored",
                 "12200: <b> may not stand in <Media>; it is skipped"});
  CHECK(read("<Response lang='en'/>").warnings ==
        Warnings{"12200: <Response> has no attribute \"lang\"; it is ignored"});
  CHECK(read("<Response xmlns='http://x' xmlns:y='http://y'/>").warnings.empty());
}

TEST_CASE("Warnings come once, and not without end") {
  CHECK(response("<a/><a/>").warnings.size() == 1);
  std::string verbs;
  for (int i = 0; i < 1000; ++i) verbs += "<v" + std::to_string(i) + "/>";
  CHECK(response(verbs).warnings.size() == 20);
  CHECK(response("<v" + std::string(60'000, 'x') + "/>").warnings.at(0).size() < 200);
}

TEST_CASE("Bombs are read in bounded time and stack") {
  std::string deep = "<Response><Message>";
  while (deep.size() < kMaxDocumentBytes - 3) deep += "<a>";
  CHECK(read(deep).error_code == 12100);

  std::string nested = "<Response><Message>yes";
  std::string closing = "</Message></Response>";
  while (nested.size() + closing.size() < kMaxDocumentBytes - 7) {
    nested += "<a>";
    closing.insert(0, "</a>");
  }
  CHECK(read(nested + closing).messages == Texts{text("yes")});

  CHECK(read("<!DOCTYPE Response [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
             "<Response><Message>&b;</Message></Response>")
            .error_code == 12100);
}

TEST_CASE("A message may name those who talk already, even of a trial account") {
  const std::string service = "MG00112233445566778899aabbccddeeff";
  crumbproof::twilio::DocumentContext context{"+15005550001", "+15005550002", service};
  context.assume.trial_account = true;
  const auto with = [&](const std::string& attribute) {
    return read_document(200, "text/xml",
                         "<Response><Message " + attribute + ">hi</Message></Response>", context);
  };
  for (const std::string& attribute :
       {std::string("to='+15005550001'"), std::string("from='+15005550002'"),
        "from='" + service + "'"}) {
    CAPTURE(attribute);
    CHECK(with(attribute).warnings.empty());
    CHECK(with(attribute).messages.at(0).error_code == 0);
  }
  CHECK(with("to='+15005550009'").messages.at(0).error_code != 0);
  CHECK(with("from='+15005550009'").warnings.size() == 1);
}
