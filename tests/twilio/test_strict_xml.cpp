#include <crumbproof/twilio/strict_xml.hpp>

#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <pugixml.hpp>
#include <rapidcheck.h>

using crumbproof::twilio::load_strictly;
using namespace std::string_view_literals;

namespace {

std::string problem_of(std::string_view text) {
  pugi::xml_document document;
  return load_strictly(document, text).value_or("sound");
}

}  // namespace

TEST_CASE("Well-formed documents are taken") {
  const std::string_view text = GENERATE(values<std::string_view>({
      "<a/>",
      "\n <a/> \n",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>",
      "\xef\xbb\xbf<?xml version=\"1.0\"?><a/>",
      "<?xml version=\"1.0\"?>\n<!-- x --><?pi y?><a/><!-- & < -->",
      "<!DOCTYPE a SYSTEM \"http://example.com/a.dtd\"><a/>",
      "<a b='1' c=\"2\"><d b='1'/>x</a>",
      "<a>&amp;&lt;&gt;&quot;&apos;&#65;&#x1F600;&#x1f600;&#10;</a>",
      "<a b='&amp;&#38;'/>",
      "<a><![CDATA[& < &nbsp; ]]></a>",
      "<a>\t\r\nñ€😀\uFFFD</a>",
      "<?xml version='1.0' encoding='iso-8859-1'?><a>\xf1</a>",
      "\xff\xfe<\0a\0/\0>\0"sv,
  }));
  CAPTURE(std::string(text));
  CHECK(problem_of(text) == "sound");
}

TEST_CASE("What is no well-formed document is refused in words") {
  const std::string ampersand =
      "a '&' begins no entity that is known; a '&' itself is written &amp;";
  const std::string character = "it has a character that XML does not have";
  struct Row {
    std::string_view text;
    std::string problem;
  };
  const Row row = GENERATE_COPY(values<Row>({
      {"", "it has no root element"},
      {" \n", "it has no root element"},
      {"<!-- x -->", "it has no root element"},
      {"hello", "text stands outside its root element"},
      {"<a/>hello", "text stands outside its root element"},
      {"<a/><![CDATA[x]]>", "text stands outside its root element"},
      {"<a/><b/>", "it has more than one root element"},
      {" <?xml version='1.0'?><a/>", "something stands before its <?xml"},
      {"\n<?xml version='1.0'?><a/>", "something stands before its <?xml"},
      {"<a><?xml version='1.0'?></a>",
       "Error parsing document declaration/processing instruction near byte 9"},
      {"<a>x & y</a>", ampersand},
      {"<a>x&y;</a>", ampersand},
      {"<a>&nbsp;</a>", ampersand},
      {"<a>&amp</a>", ampersand},
      {"<a>&;</a>", ampersand},
      {"<a>&AMP;</a>", ampersand},
      {"<a>&#;</a>", ampersand},
      {"<a>&#x;</a>", ampersand},
      {"<a>&#0;</a>", ampersand},
      {"<a>&#-1;</a>", ampersand},
      {"<a>&#xD800;</a>", ampersand},
      {"<a>&#1114112;</a>", ampersand},
      {"<a>&#99999999999;</a>", ampersand},
      {"<a>&#65x;</a>", ampersand},
      {"<a>&amp;&x;</a>", ampersand},
      {"<a b='x&y'/>", ampersand},
      {"<a b='x<y'/>", "a '<' in an attribute is written &lt;"},
      {"<a b='1' b='2'/>", "an element has an attribute twice"},
      // Of several problems the first is told.
      {"<a b='1' b='x<y & \x01'/>", "an element has an attribute twice"},
      {"<a b='x<y &amp; \x01'/>", "a '<' in an attribute is written &lt;"},
      {"<a/><b c='1' c='2'/>", "it has more than one root element"},
      {"<a>& \x01</a>", character},
      {"& \x01", "text stands outside its root element"},
      {"<a>\x01</a>", character},
      {"<a b='\x02'/>", character},
      {"<a><![CDATA[\x1b]]></a>", character},
      {"<a>\xef\xbf\xbf</a>", character},
      {"<a>\xff</a>", "it is not UTF-8"},
      {"<a/>\0"sv, "it has a NUL in it"},
      {"<a/>\0<b>"sv, "it has a NUL in it"},
      {"<a>", "Start-end tags mismatch near byte 3"},
      {"<a><b></a></b>", "Start-end tags mismatch near byte 9"},
      {"<a></b>", "Start-end tags mismatch near byte 6"},
      {"</a>", "Start-end tags mismatch near byte 3"},
      {"<a b=1/>", "Error parsing element attribute near byte 6"},
      {"<a", "Error parsing start element tag near byte 2"},
      {"<a><![CDATA[x</a>", "Error parsing CDATA section near byte 13"},
  }));
  CAPTURE(std::string(row.text));
  CHECK(problem_of(row.text) == row.problem);
}

TEST_CASE("A document is loaded with its references decoded and its whitespace kept") {
  pugi::xml_document document;
  CHECK_FALSE(load_strictly(document, "<a b='&lt;'> &#65;&amp;<!-- x --> </a>"));
  const pugi::xml_node root = document.document_element();
  CHECK(root.attribute("b").value() == "<"sv);
  CHECK(root.first_child().value() == " A&"sv);
  CHECK(root.last_child().value() == " "sv);
}

TEST_CASE("What a document type declares is not expanded") {
  CHECK(problem_of("<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;\">]><a>&m;</a>") ==
        "a '&' begins no entity that is known; a '&' itself is written &amp;");
  CHECK(problem_of("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>") ==
        "a '&' begins no entity that is known; a '&' itself is written &amp;");
}

TEST_CASE("Deep nesting needs no stack") {
  constexpr int kDepth = 200'000;
  std::string deep;
  for (int i = 0; i < kDepth; ++i) deep += "<a>";
  CHECK(problem_of(deep).starts_with("Start-end tags mismatch"));
  for (int i = 0; i < kDepth; ++i) deep += "</a>";
  CHECK(problem_of(deep) == "sound");
}

TEST_CASE("Any text is either loaded or refused on one line") {
  CHECK(rc::check([](const std::vector<std::string>& bits) {
    const std::vector<std::string> pieces{"<a", ">", "/>", "</a>", "&", ";", "<!", "[", "'", "x="};
    std::string text;
    for (const std::string& bit : bits) text += pieces[bit.size() % pieces.size()] + bit;
    RC_ASSERT(problem_of(text).find('\n') == std::string::npos);
    RC_ASSERT(problem_of("<a>" + text + "</a>").find('\n') == std::string::npos);
  }));
}
