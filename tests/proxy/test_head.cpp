#include <crumbproof/proxy/cookie_edits.hpp>
#include <crumbproof/proxy/head.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof::proxy;
using Views = std::vector<std::string_view>;
using Lines = std::vector<std::string>;

namespace {

const std::string kOdd =
    "POST /sms?a=1 HTTP/1.1\r\nhOsT:app\r\ncookie:  a=1; b=2 \r\nX-Empty:\r\nX-Folded: one\r\n"
    "  two\r\nCOOKIE: c=3\r\nSet-Cookie-2: none\r\n\r\n";

}  // namespace

TEST_CASE("a head is read as it came") {
  const Head head(kOdd);
  CHECK(head.bytes() == kOdd);
  CHECK(head.method() == "POST");
  CHECK(head.target() == "/sms?a=1");
  CHECK(head.value("HOST") == "app");
  CHECK(head.values("Cookie") == Views{"a=1; b=2", "c=3"});
  CHECK(head.values("X-Empty") == Views{""});
  CHECK(head.value("X-Folded") == "one\r\n  two");
  CHECK(head.values("Set-Cookie").empty());
}

TEST_CASE("an edit of a head touches the lines of that name alone") {
  Head taken(kOdd);
  CHECK(taken.take("Cookie") == Lines{"cookie:  a=1; b=2 \r\n", "COOKIE: c=3\r\n"});
  CHECK(taken.bytes() ==
        "POST /sms?a=1 HTTP/1.1\r\nhOsT:app\r\nX-Empty:\r\nX-Folded: one\r\n  two\r\n"
        "Set-Cookie-2: none\r\n\r\n");
  taken.append({"Cookie: d=4\r\n", "X: y\r\n"});
  CHECK(taken.bytes().ends_with("Set-Cookie-2: none\r\nCookie: d=4\r\nX: y\r\n\r\n"));

  Head replaced(kOdd);
  replaced.replace("Cookie", "d=4");
  CHECK(replaced.bytes() ==
        "POST /sms?a=1 HTTP/1.1\r\nhOsT:app\r\ncookie:  d=4 \r\nX-Empty:\r\nX-Folded: one\r\n"
        "  two\r\nSet-Cookie-2: none\r\n\r\n");
  replaced.replace("X-None", "x");
  replaced.replace("X-Empty", "x");
  CHECK(replaced.bytes().find("X-Empty:x\r\n") != std::string::npos);
  CHECK(replaced.bytes().find("X-None") == std::string::npos);
}

TEST_CASE("cookies of several headers are one text, and stay where they are if nothing changes") {
  Head head(kOdd);
  CHECK(cookies_of(head) == "a=1; b=2; c=3");
  put_cookies(head, "a=1; b=2; c=3");
  CHECK(head.bytes() == kOdd);
  put_cookies(head, "");
  CHECK(cookies_of(head).empty());
  put_cookies(head, "z=9");
  CHECK(head.bytes().ends_with("Set-Cookie-2: none\r\nCookie: z=9\r\n\r\n"));
}

TEST_CASE("some cookies are withheld, never none and never all") {
  CHECK(subsets_of("") == 0);
  CHECK(subsets_of("a=1") == 0);
  CHECK(subsets_of("a=1; b=2") == 2);
  CHECK(subsets_of("a=1;b=2; c=3") == 6);
  CHECK(withhold_some("a=1; b=2", 0).cookies == "b=2");
  CHECK(withhold_some("a=1; b=2", 1).cookies == "a=1");
  for (std::uint64_t drawn = 0; drawn < 6; ++drawn) {
    const EditedCookies left = withhold_some("a=1; b=2; c=3", drawn);
    CHECK(!left.names.empty());
    CHECK(!left.cookies.empty());
  }
  std::string many = "c0=0";
  for (int n = 1; n < 20; ++n) many += "; c" + std::to_string(n) + "=" + std::to_string(n);
  CHECK(subsets_of(many) == 20);
  CHECK(withhold_some(many, 7).names == Lines{"c7"});
}

TEST_CASE("a forged cookie has another value, and the others stay") {
  CHECK(forge_one("a=1; sid=abcd.sig", 2).cookies == "a=1; sid=abcd/sig");
  CHECK(forge_one("a=1; sid=abcd.sig", 3).cookies == "a=1; sid=abcd");
  CHECK(forge_one("a=1; sid=abcd.sig", 3).names == Lines{"sid"});
  CHECK(forge_one("a=", 0).names.empty());
  CHECK(forge_one("nonsense", 0).cookies == "nonsense");
}
