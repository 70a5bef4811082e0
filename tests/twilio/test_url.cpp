#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/url.hpp>

#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using crumbproof::BadInput;
using crumbproof::twilio::is_loopback;
using crumbproof::twilio::Url;

namespace {

std::string complaint_about(std::string_view text) {
  try {
    static_cast<void>(Url::parse(text));
  } catch (const BadInput& error) {
    return error.what();
  }
  return "accepted";
}

std::string whole(const Url& url) {
  return url.without_user_and_fragment() + (url.fragment.empty() ? "" : "#" + url.fragment);
}

}  // namespace

TEST_CASE("A URL is split into parts that keep their encoding") {
  const Url url =
      Url::parse("HTTP://Us%65r:p%40ss@Example.COM:8080/S%6Ds/%2F?x=%20+&y#rc=2&rp=all");
  CHECK(url.scheme == "http");
  CHECK(url.userinfo == "Us%65r:p%40ss");
  CHECK(url.host == "example.com");
  CHECK(url.port == 8080);
  CHECK(url.path == "/S%6Ds/%2F");
  CHECK(url.query == "x=%20+&y");
  CHECK(url.has_query);
  CHECK(url.fragment == "rc=2&rp=all");
  CHECK(url.without_user_and_fragment() == "http://example.com:8080/S%6Ds/%2F?x=%20+&y");
  CHECK(url.request_target() == "/S%6Ds/%2F?x=%20+&y");
  CHECK(url.host_header() == "example.com:8080");
  CHECK(url.effective_port() == 8080);
}

TEST_CASE("What a URL does not have stays empty") {
  const Url url = Url::parse("https://example.com");
  CHECK(url.userinfo.empty());
  CHECK(url.port == std::nullopt);
  CHECK(url.path.empty());
  CHECK_FALSE(url.has_query);
  CHECK(url.without_user_and_fragment() == "https://example.com");
  CHECK(url.request_target() == "/");
  CHECK(url.host_header() == "example.com");
  CHECK(url.effective_port() == 443);
  CHECK(Url::parse("http://example.com").effective_port() == 80);
}

TEST_CASE("An empty query is told from none, and a port that is the scheme's own is kept") {
  const Url url = Url::parse("http://example.com:80?");
  CHECK(url.has_query);
  CHECK(url.query.empty());
  CHECK(url.without_user_and_fragment() == "http://example.com:80?");
  CHECK(url.request_target() == "/?");
  CHECK(url.host_header() == "example.com:80");
}

TEST_CASE("An IPv6 address is without brackets as a host, and with them in a header") {
  const Url url = Url::parse("http://[::FF]:3000/sms");
  CHECK(url.host == "::ff");
  CHECK(url.host_header() == "[::ff]:3000");
  CHECK(url.without_user_and_fragment() == "http://[::ff]:3000/sms");
}

TEST_CASE("What is no http or https URL is refused in words") {
  struct Row {
    std::string_view text;
    std::string_view message;
  };
  const Row row = GENERATE(values<Row>({
      {"", "\"\" is no http or https URL; one like http://127.0.0.1:3000/sms is expected"},
      {"ftp://x",
       "\"ftp://x\" is no http or https URL; one like http://127.0.0.1:3000/sms is expected"},
      {"localhost:3000/sms",
       "\"localhost:3000/sms\" is no http or https URL; one like http://127.0.0.1:3000/sms is "
       "expected"},
      {"http", "\"http\" is no http or https URL; one like http://127.0.0.1:3000/sms is expected"},
      {"/sms", "\"/sms\" is no http or https URL; one like http://127.0.0.1:3000/sms is expected"},
      {" http://x/",
       "\" http://x/\" is no http or https URL; one like http://127.0.0.1:3000/sms is expected"},
      {"http:", "\"http:\" names no host; a URL like http://127.0.0.1:3000/sms is expected"},
      {"http:/x", "\"http:/x\" names no host; a URL like http://127.0.0.1:3000/sms is expected"},
      {"http:///x",
       "\"http:///x\" names no host; a URL like http://127.0.0.1:3000/sms is expected"},
      {"http://:80/",
       "\"http://:80/\" names no host; a URL like http://127.0.0.1:3000/sms is expected"},
      {"http://a:0/", "\"http://a:0/\" has a bad port; it has to be a number from 1 to 65535"},
      {"http://a:65536/",
       "\"http://a:65536/\" has a bad port; it has to be a number from 1 to 65535"},
      {"http://a:18446744073709551617/",
       "\"http://a:18446744073709551617/\" has a bad port; it has to be a number from 1 to 65535"},
      {"http://a:/", "\"http://a:/\" has a bad port; it has to be a number from 1 to 65535"},
      {"http://a:x", "\"http://a:x\" has a bad port; it has to be a number from 1 to 65535"},
      {"http://a:80x/", "\"http://a:80x/\" has a bad port; it has to be a number from 1 to 65535"},
      {"http://a:-1/", "\"http://a:-1/\" has a bad port; it has to be a number from 1 to 65535"},
      {"http://a/b c", "\"http://a/b c\" has a space in it, which a URL writes as %20"},
      {"http://a/{From}", "\"http://a/{From}\" has a '{' in it, which a URL writes as %7B"},
      {"http://a/\n", "\"http://a/\\n\" has the byte 0x0A in it, which a URL writes as %0A"},
      {"http://a/ñ", "\"http://a/ñ\" has the byte 0xC3 in it, which a URL writes as %C3"},
      {"http://a/%zz",
       "\"http://a/%zz\" is no valid URL: check '%', '#', '[' and ']', which have a meaning of "
       "their own"},
      {"http://a/#x#y",
       "\"http://a/#x#y\" is no valid URL: check '%', '#', '[' and ']', which have a meaning of "
       "their own"},
      {"http://[::1/",
       "\"http://[::1/\" is no valid URL: check '%', '#', '[' and ']', which have a meaning of "
       "their own"},
      {"http://[v1.a:b]/", "\"http://[v1.a:b]/\" has no IPv6 address in its brackets"},
      {"http://[::1]x/", "\"http://[::1]x/\" has a bad host; no '@' or ']' may stand in it"},
      {"http://a@b@c/", "\"http://...@c/\" has a bad host; no '@' or ']' may stand in it"},
  }));
  CHECK(complaint_about(row.text) == row.message);
}

TEST_CASE("A name that begins like an IPv4 address is a name") {
  const Url url = Url::parse("http://ann:pw@10.0.0.5.Nip.io:8080/sms?a=1#rc=2");
  CHECK(url.host == "10.0.0.5.nip.io");
  CHECK(url.port == 8080);
  CHECK(url.userinfo == "ann:pw");
  CHECK(url.path == "/sms");
  CHECK(url.query == "a=1");
  CHECK(url.fragment == "rc=2");
  CHECK(Url::parse("https://127.0.0.1.").host == "127.0.0.1.");
  CHECK(Url::parse("http://1.2.3.4/5").host == "1.2.3.4");
  CHECK(Url::parse("http://a/").resolve("//1.2.3.456/b").host == "1.2.3.456");
}

TEST_CASE("A message about a URL shows no password and is of a bounded length") {
  CHECK(complaint_about("http://user:secret@a:0/x@y") ==
        "\"http://...@a:0/x@y\" has a bad port; it has to be a number from 1 to 65535");
  CHECK(complaint_about("http://a/ " + std::string(100'000, 'x')).size() < 300);
  CHECK(complaint_about("http://a/ " + std::string(100'000, 'x')).find("x...\"") !=
        std::string::npos);
}

TEST_CASE("The ports at the ends of their range are ports") {
  CHECK(Url::parse("http://a:1/").port == 1);
  CHECK(Url::parse("http://a:65535/").port == 65535);
  CHECK(Url::parse("http://a:0080/").host_header() == "a:80");
}

TEST_CASE("References are resolved as the examples of RFC 3986 section 5.4 say") {
  struct Row {
    std::string_view reference;
    std::string_view url;
  };
  const Row row = GENERATE(values<Row>({
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/./x", "http://a/b/c/g#s/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      // Not of the RFC:
      {"?", "http://a/b/c/d;p?"},
      {"%7Ex%2Fy/../%2e/z", "http://a/b/c/%2e/z"},
      {"%7Ex%2Fy", "http://a/b/c/%7Ex%2Fy"},
      {"https://Host:90/x/../y?q", "https://host:90/y?q"},
      {"//h:90/./x", "http://h:90/x"},
      {"g//h", "http://a/b/c/g//h"},
  }));
  CHECK(whole(Url::parse("http://a/b/c/d;p?q").resolve(row.reference)) == row.url);
}

TEST_CASE("A document at a URL without a path is in the root folder") {
  CHECK(whole(Url::parse("http://a").resolve("b")) == "http://a/b");
  CHECK(whole(Url::parse("http://a?x").resolve("../b")) == "http://a/b");
  CHECK(whole(Url::parse("http://a").resolve("?y")) == "http://a?y");
  CHECK(whole(Url::parse("http://a").resolve("")) == "http://a");
}

TEST_CASE("A relative reference keeps user and port, and leaves the overrides behind") {
  const Url url = Url::parse("https://u:p@a:90/x?q#rc=2").resolve("y");
  CHECK(url == Url::parse("https://u:p@a:90/y"));
}

TEST_CASE("A reference that leads to no http URL is refused") {
  const Url base = Url::parse("http://a/");
  CHECK_THROWS_AS(base.resolve("mailto:x"), BadInput);
  CHECK_THROWS_AS(base.resolve("http:g"), BadInput);
  CHECK_THROWS_AS(base.resolve("//:80/"), BadInput);
  CHECK_THROWS_AS(base.resolve("/a b"), BadInput);
  CHECK_THROWS_AS(base.resolve("http://a:x/"), BadInput);
}

TEST_CASE("Loopback hosts are those that surely stay on this machine") {
  for (const std::string_view host :
       {"localhost", "LocalHost", "127.0.0.1", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1"}) {
    CAPTURE(std::string(host));
    CHECK(is_loopback(host));
  }
  for (const std::string_view host :
       {"", "localhost.example.com", "example.com", "128.0.0.1", "126.0.0.1", "127.0.0.1.nip.io",
        "127.1", "0.0.0.0", "::2", "::", "::ffff:10.0.0.1"}) {
    CAPTURE(std::string(host));
    CHECK_FALSE(is_loopback(host));
  }
}

TEST_CASE("No text does anything worse to the parser than to be refused") {
  CHECK(rc::check([](const std::vector<unsigned char>& bytes) {
    const std::string tail(bytes.begin(), bytes.end());
    for (const std::string& text : {tail, "http://" + tail, "http://a/" + tail}) {
      try {
        const Url url = Url::parse(text);
        RC_ASSERT(Url::parse(url.without_user_and_fragment()).request_target() ==
                  url.request_target());
      } catch (const BadInput& error) {
        RC_ASSERT(std::string(error.what()).find('\n') == std::string::npos);
      }
    }
  }));
}
