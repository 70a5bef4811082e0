#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/cookie_date.hpp>
#include <crumbproof/twilio/cookie_match.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/set_cookie.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/chrono.h>

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

/// What a row asks of the product, and how its `inputs` and `expected` are to be read.
enum class Ask {
  date,          ///< 5.1.1: a cookie-date is read as a moment, or as "no date"
  host,          ///< 5.1.2: a URL has a canonical host, or is "refused"
  domain_match,  ///< 5.1.3: a host and a domain "match" or "differ"
  default_path,  ///< 5.1.4: a request's path gives a cookie's path
  path_match,    ///< 5.1.4: a request's path and a cookie's path "match" or "differ"
  parse,         ///< 5.2: a Set-Cookie is read as "name|value|attributes", or "ignored"
  send,          ///< 5.3 and 5.4: which Cookie header comes of answers; empty: none
};

/// One Set-Cookie header, alone in its answer.
struct Answer {
  Answer(const char* content) : set_cookie(content) {}
  Answer(std::string content) : set_cookie(std::move(content)) {}
  Answer(std::string content, int at, std::string_view to = "", std::string_view clock = "")
      : set_cookie(std::move(content)), after_s(at), url(to), date(clock) {}

  std::string set_cookie;
  int after_s = 0;        ///< virtual time of the answer
  std::string_view url;   ///< that it answers, if it is not the row's
  std::string_view date;  ///< its Date header, if the app's clock is wrong
};

struct Row {
  /// Section, step, and what the row is about. Where RFC 6265 does not number the steps of a
  /// section, they are numbered here in its order.
  std::string_view id;
  Ask ask;
  std::vector<std::string> inputs;
  std::string expected;
  std::string_view departure;  ///< what RFC 6265 says instead, and why the product does not do it

  // For Ask::send.
  std::vector<Answer> answers;
  std::string_view set_by;   ///< the URL whose answers set the cookies
  std::string_view request;  ///< the URL of the request that may carry them
  int after_s = 0;           ///< virtual time of that request
};

Row date(std::string_view id, std::string text, std::string expected) {
  return {id, Ask::date, {std::move(text)}, std::move(expected), "", {}, "", ""};
}

Row host(std::string_view id, std::string url, std::string expected,
         std::string_view departure = "") {
  return {id, Ask::host, {std::move(url)}, std::move(expected), departure, {}, "", ""};
}

Row domain_match(std::string_view id, std::string host, std::string domain, std::string expected) {
  return {
      id, Ask::domain_match, {std::move(host), std::move(domain)}, std::move(expected), "", {}, "",
      ""};
}

Row default_path(std::string_view id, std::string request, std::string expected) {
  return {id, Ask::default_path, {std::move(request)}, std::move(expected), "", {}, "", ""};
}

Row path_match(std::string_view id, std::string request, std::string cookie, std::string expected) {
  return {
      id, Ask::path_match, {std::move(request), std::move(cookie)}, std::move(expected), "", {}, "",
      ""};
}

Row parse(std::string_view id, std::string set_cookie, std::string expected,
          std::string_view departure = "") {
  return {id, Ask::parse, {std::move(set_cookie)}, std::move(expected), departure, {}, "", ""};
}

Row send(std::string_view id, std::vector<Answer> answers, std::string_view set_by,
         std::string_view request, int after_s, std::string expected,
         std::string_view departure = "") {
  return {id,     Ask::send, {},     std::move(expected), departure, std::move(answers),
          set_by, request,   after_s};
}

constexpr std::string_view kSmsPage = "https://app.test/sms";
constexpr std::string_view kDeep = "https://app.test/a/b/c";
constexpr std::string_view kWww = "https://www.app.test/sms";

constexpr std::string_view kControl =
    "RFC 6265 knows no such rule: Twilio names these characters as invalid (error 11206)";
constexpr std::string_view kTab =
    "RFC 6265 strips a tab as it does a space: Twilio names it as invalid (error 11206)";
constexpr std::string_view kNoName =
    "RFC 6265 ignores the cookie alone: Twilio may fail the answer (error 11206)";
constexpr std::string_view kFourHours =
    "RFC 6265 has no longest lifetime and keeps a cookie without one for the session: Twilio keeps "
    "it 4 h";
constexpr std::string_view kAnswersDate =
    "RFC 6265 compares with the user agent's clock: virtual time has no calendar, so the answer's "
    "Date is the clock";
constexpr std::string_view kOldest =
    "RFC 6265 drops the one of the earliest last access: the store knows the order of creation";

/// As many cookies as a domain may have: c0=x to c49=x.
std::vector<Answer> fifty_and(std::vector<Answer> more) {
  std::vector<Answer> answers;
  for (int i = 0; i < 50; ++i) answers.emplace_back(fmt::format("c{}=x; Path=/c{}", i, i));
  answers.insert(answers.end(), more.begin(), more.end());
  return answers;
}

// Virtual time begins at Wed, 02 Jan 2030 03:00:00 GMT by the app's clock, unless a row says else.
const std::vector<Row> kTable = {
    // ---- 5.1.1 Dates ----------------------------------------------------------------------------
    date("5.1.1 step 1: commas, spaces and words nobody needs", "Wed, 02 Jan 2030 03:04:05 GMT",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 1: a tab delimits", "02\tJan\t2030\t03:04:05", "2030-01-02 03:04:05"),
    date("5.1.1 step 1: 0x20 to 0x2F delimit, by the ends of the range", "02 Jan/2030 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 1: 0x3B to 0x40 delimit, by the ends of the range", "02;Jan@2030 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 1: 0x5B to 0x60 delimit, by the ends of the range", "02[Jan`2030 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 1: 0x7B to 0x7E delimit, by the ends of the range", "02{Jan~2030 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 1: delimiters in a row, in front and behind", "--02, (Jan)  2030;; 03:04:05..",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 1: a colon does not delimit", "02:Jan 2030 03:04:05", "no date"),
    date("5.1.1 step 1: nothing does not delimit", "02Jan2030 03:04:05", "no date"),
    date("5.1.1 step 1: a line feed does not delimit", "02\nJan 2030 03:04:05", "no date"),
    date("5.1.1 step 1: 0x7F does not delimit", "02\x7FJan 2030 03:04:05", "no date"),
    date("5.1.1 step 1: a byte beyond ASCII does not delimit", "02\xA0Jan 2030 03:04:05",
         "no date"),
    date("5.1.1 step 1: no token at all", "", "no date"),
    date("5.1.1 step 1: delimiters alone", " ,;", "no date"),
    date("5.1.1 step 2: the order of the tokens is free", "2030 03:04:05 Jan 02",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2: a token counts once, so the same number twice is day and year",
         "30 Jan 30 03:04:05", "2030-01-30 03:04:05"),
    date("5.1.1 step 2.1: fields of one digit", "2 Jan 2030 3:4:5", "2030-01-02 03:04:05"),
    date("5.1.1 step 2.1: anything but a digit may follow the seconds", "2 Jan 2030 03:04:05Z",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.1: a fraction may follow the seconds", "2 Jan 2030 03:04:05:678",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.1: the first time counts", "03:04:05 2 Jan 2030 06:07:08",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.1: three digits are no hour", "2 Jan 2030 003:04:05", "no date"),
    date("5.1.1 step 2.1: three digits are no minute", "2 Jan 2030 03:004:05", "no date"),
    date("5.1.1 step 2.1: three digits are no second", "2 Jan 2030 03:04:005", "no date"),
    date("5.1.1 step 2.1: a time has seconds", "2 Jan 2030 03:04", "no date"),
    date("5.1.1 step 2.1: no field is empty", "2 Jan 2030 03::05", "no date"),
    date("5.1.1 step 2.1: a time begins with its hour", "2 Jan 2030 T03:04:05", "no date"),
    date("5.1.1 step 2.1: what is no time may still be a day", "02:99 Jan 2030 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.2: a day of one digit", "2 Jan 2030 03:04:05", "2030-01-02 03:04:05"),
    date("5.1.1 step 2.2: letters may follow the day", "2nd Jan 2030 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.2: three digits are no day but may be a year", "002 Jan 30 03:04:05",
         "2002-01-30 03:04:05"),
    date("5.1.1 step 2.2: letters may not stand before the day", "d2 Jan 2030 03:04:05", "no date"),
    date("5.1.1 step 2.2: the first number of two digits is the day", "29 Jan 02 03:04:05",
         "2002-01-29 03:04:05"),
    date("5.1.1 step 2.2: the first day counts", "2 Jan 3 2030 03:04:05", "2030-01-02 03:04:05"),
    date("5.1.1 step 2.3: the month in any case", "2 jAN 2030 03:04:05", "2030-01-02 03:04:05"),
    date("5.1.1 step 2.3: three letters of a month, whatever follows", "2 Septober 2030 03:04:05",
         "2030-09-02 03:04:05"),
    date("5.1.1 step 2.3: the last month", "2 Dec 2030 03:04:05", "2030-12-02 03:04:05"),
    date("5.1.1 step 2.3: the first month counts", "2 Jan Feb 2030 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.3: two letters are no month", "2 Ja 2030 03:04:05", "no date"),
    date("5.1.1 step 2.3: the month begins its token", "2 xJan 2030 03:04:05", "no date"),
    date("5.1.1 step 2.3: a number is no month", "2 01 2030 03:04:05", "no date"),
    date("5.1.1 step 2.4: the year in two digits", "2 Jan 30 03:04:05", "2030-01-02 03:04:05"),
    date("5.1.1 step 2.4: letters may follow the year", "2 Jan 2030AD 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.4: one digit is no year", "2 Jan 3 03:04:05", "no date"),
    date("5.1.1 step 2.4: five digits are no year", "2 Jan 02030 03:04:05", "no date"),
    date("5.1.1 step 2.4: the first year counts", "2 Jan 2030 2031 03:04:05",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 2.4: a zone in digits comes after the year and is not looked at",
         "2 Jan 2030 03:04:05 +0200", "2030-01-02 03:04:05"),
    date("5.1.1 step 3: 70 is 1970", "2 Jan 70 03:04:05", "1970-01-02 03:04:05"),
    date("5.1.1 step 3: 99 is 1999", "2 Jan 99 03:04:05", "1999-01-02 03:04:05"),
    date("5.1.1 step 3: 0099 is 1999 as well", "2 Jan 0099 03:04:05", "1999-01-02 03:04:05"),
    date("5.1.1 step 4: 00 is 2000", "2 Jan 00 03:04:05", "2000-01-02 03:04:05"),
    date("5.1.1 step 4: 69 is 2069", "2 Jan 69 03:04:05", "2069-01-02 03:04:05"),
    date("5.1.1 step 4: 069 is 2069 as well", "2 Jan 069 03:04:05", "2069-01-02 03:04:05"),
    date("5.1.1 step 5: without a day", "Jan 2030 03:04:05", "no date"),
    date("5.1.1 step 5: without a month", "2 2030 03:04:05", "no date"),
    date("5.1.1 step 5: without a year", "2 Jan 03:04:05", "no date"),
    date("5.1.1 step 5: without a time", "2 Jan 2030", "no date"),
    date("5.1.1 step 5: the day 0", "0 Jan 2030 03:04:05", "no date"),
    date("5.1.1 step 5: the day 31", "31 Jan 2030 03:04:05", "2030-01-31 03:04:05"),
    date("5.1.1 step 5: the day 32", "32 Jan 2030 03:04:05", "no date"),
    date("5.1.1 step 5: the year 1601", "2 Jan 1601 03:04:05", "1601-01-02 03:04:05"),
    date("5.1.1 step 5: the year 1600", "2 Jan 1600 03:04:05", "no date"),
    date("5.1.1 step 5: the year 100 is neither 2000 nor 1900", "2 Jan 100 03:04:05", "no date"),
    date("5.1.1 step 5: the last second of a day", "2 Jan 2030 23:59:59", "2030-01-02 23:59:59"),
    date("5.1.1 step 5: the hour 24", "2 Jan 2030 24:00:00", "no date"),
    date("5.1.1 step 5: the minute 60", "2 Jan 2030 03:60:05", "no date"),
    date("5.1.1 step 5: the second 60, a leap second", "2 Jan 2030 03:04:60", "no date"),
    date("5.1.1 step 5: a time out of range is not replaced by a later one",
         "2 Jan 2030 24:00:00 03:04:05", "no date"),
    date("5.1.1 step 6: the 29th of February of a leap year", "29 Feb 2028 03:04:05",
         "2028-02-29 03:04:05"),
    date("5.1.1 step 6: the 29th of February of another year", "29 Feb 2030 03:04:05", "no date"),
    date("5.1.1 step 6: the 29th of February of 2000", "29 Feb 2000 03:04:05",
         "2000-02-29 03:04:05"),
    date("5.1.1 step 6: the 29th of February of 2100", "29 Feb 2100 03:04:05", "no date"),
    date("5.1.1 step 6: the 31st of April", "31 Apr 2030 03:04:05", "no date"),
    date("5.1.1 step 7: the name of the day is not looked at", "Mon, 02 Jan 2030 03:04:05 GMT",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 7: every zone is UTC", "Wed, 02 Jan 2030 03:04:05 PST", "2030-01-02 03:04:05"),
    date("5.1.1 step 7: the form of RFC 850", "Wednesday, 02-Jan-30 03:04:05 GMT",
         "2030-01-02 03:04:05"),
    date("5.1.1 step 7: the form of asctime", "Wed Jan  2 03:04:05 2030", "2030-01-02 03:04:05"),

    // ---- 5.1.2 Canonicalized host names ---------------------------------------------------------
    host("5.1.2 step 1: labels of letters, digits and hyphens stay", "https://sms-1.app.test/",
         "sms-1.app.test"),
    host("5.1.2 step 1: a dot at the end stays", "https://app.test./", "app.test."),
    host("5.1.2 step 1: port and user are no labels", "https://me:pw@app.test:8443/", "app.test"),
    host("5.1.2 step 2: letters become lower case", "https://SMS.App.TEST/", "sms.app.test"),
    host("5.1.2 step 2: an A-label stays", "https://XN--bcher-kva.test/", "xn--bcher-kva.test"),
    host("5.1.2 step 2: a U-label",
         "https://b\xC3\xBC"
         "cher.test/",
         "refused",
         "RFC 6265 converts it to an A-label: the product takes URLs by RFC 3986, which has no "
         "such letters"),
    host("5.1.2 step 3: an IPv4 address is joined as it was", "https://127.0.0.1/", "127.0.0.1"),
    host("5.1.2 step 3: an IPv6 address has no brackets", "https://[2001:DB8::1]/", "2001:db8::1"),

    // ---- 5.1.3 Domain matching ------------------------------------------------------------------
    domain_match("5.1.3 identical: a name", "app.test", "app.test", "match"),
    domain_match("5.1.3 identical: one label", "localhost", "localhost", "match"),
    domain_match("5.1.3 identical: an IPv4 address", "127.0.0.1", "127.0.0.1", "match"),
    domain_match("5.1.3 identical: an IPv6 address", "::1", "::1", "match"),
    domain_match("5.1.3 suffix: one label below", "www.app.test", "app.test", "match"),
    domain_match("5.1.3 suffix: three labels below", "x.y.z.app.test", "app.test", "match"),
    domain_match("5.1.3 suffix: the domain is below the host", "app.test", "www.app.test",
                 "differ"),
    domain_match("5.1.3 suffix: the domain is in front", "app.test.evil.test", "app.test",
                 "differ"),
    domain_match("5.1.3 suffix: siblings", "www.app.test", "sms.app.test", "differ"),
    domain_match("5.1.3 suffix: a dot at the end of one of them", "www.app.test", "app.test.",
                 "differ"),
    domain_match("5.1.3 dot: the end of a longer label", "myapp.test", "app.test", "differ"),
    domain_match("5.1.3 dot: a hyphen is none", "my-app.test", "app.test", "differ"),
    domain_match("5.1.3 dot: two dots where one belongs", "www.app.test", ".app.test", "differ"),
    domain_match("5.1.3 host name: the end of an IPv4 address", "127.0.0.1", "0.0.1", "differ"),
    domain_match("5.1.3 host name: the end of an IPv6 address", "::ffff:10.1.2.3", "1.2.3",
                 "differ"),
    domain_match("5.1.3 host name: digits in a name make no address", "10.1.2.app3", "2.app3",
                 "match"),

    // ---- 5.1.4 Paths ----------------------------------------------------------------------------
    default_path("5.1.4 default step 2: no path", "", "/"),
    default_path("5.1.4 default step 2: a path without a slash in front", "sms/in", "/"),
    default_path("5.1.4 default step 3: the root", "/", "/"),
    default_path("5.1.4 default step 3: one slash", "/sms", "/"),
    default_path("5.1.4 default step 4: up to the last slash", "/sms/in", "/sms"),
    default_path("5.1.4 default step 4: several folders", "/a/b/c", "/a/b"),
    default_path("5.1.4 default step 4: a slash at the end", "/sms/", "/sms"),
    default_path("5.1.4 default step 4: slashes in a row", "/a//b", "/a/"),
    send("5.1.4 default step 1: a slash in the query is not of the path", {"sid=7"},
         "https://app.test/sms?to=/a/b", "https://app.test/x", 0, "sid=7"),
    send("5.1.4 default step 1: a URL without a path", {"sid=7"}, "https://app.test",
         "https://app.test/x/y", 0, "sid=7"),
    path_match("5.1.4 match identical: the same path", "/sms", "/sms", "match"),
    path_match("5.1.4 match identical: the root, which an empty path is", "", "/", "match"),
    path_match("5.1.4 match identical: letters differ in case", "/SMS", "/sms", "differ"),
    path_match("5.1.4 match identical: an encoded letter is not decoded", "/%73ms", "/sms",
               "differ"),
    path_match("5.1.4 match prefix '/': below the root", "/sms", "/", "match"),
    path_match("5.1.4 match prefix '/': below a folder written with its slash", "/sms/in", "/sms/",
               "match"),
    path_match("5.1.4 match prefix '/': the folder's own name lacks the slash", "/sms", "/sms/",
               "differ"),
    path_match("5.1.4 match prefix then '/': below a folder", "/sms/in", "/sms", "match"),
    path_match("5.1.4 match prefix then '/': the folder itself", "/sms/", "/sms", "match"),
    path_match("5.1.4 match prefix then '/': the beginning of a longer name", "/smsin", "/sms",
               "differ"),
    path_match("5.1.4 match prefix then '/': the folder is further down", "/v1/sms", "/sms",
               "differ"),
    path_match("5.1.4 match prefix then '/': the request is above", "/sms", "/sms/in", "differ"),
    send("5.1.4 match identical: the query takes no part", {"sid=7; Path=/sms"}, kSmsPage,
         "https://app.test/sms?to=/x", 0, "sid=7"),

    // ---- 5.2 The Set-Cookie header: name and value ----------------------------------------------
    parse("5.2 step 1: no semicolon, so all of it is the pair", "sid=7", "sid|7"),
    parse("5.2 step 1: the pair ends at the first semicolon", "sid=7;Secure;HttpOnly",
          "sid|7|Secure|HttpOnly"),
    parse("5.2 step 1: quotes protect no semicolon", "sid=\"a;b\"", "sid|\"a"),
    parse("5.2 step 1: a comma ends nothing", "sid=7,id=8", "sid|7,id=8"),
    parse("5.2 step 2: no '='", "sid", "ignored"),
    parse("5.2 step 2: nothing", "", "ignored"),
    parse("5.2 step 2: an '=' among the attributes does not help", "sid; Path=/", "ignored"),
    parse("5.2 step 3: the first '=' divides", "sid=a=b", "sid|a=b"),
    parse("5.2 step 3: the value may be empty", "sid=", "sid|"),
    parse("5.2 step 3: the value may be an '='", "sid==", "sid|="),
    parse("5.2 step 4: spaces around name and value go", "  sid  =  7  ; Secure", "sid|7|Secure"),
    parse("5.2 step 4: spaces within stay", "my sid=7 of 9", "my sid|7 of 9"),
    parse("5.2 step 4: a value of spaces is empty", "sid=   ", "sid|"),
    parse("5.2 step 4: a tab before the value", "sid=\t7", "ignored as error 11206", kTab),
    parse("5.2 step 4: a tab after the name", "sid\t=7", "ignored as error 11206", kTab),
    parse("5.2 step 4: a tab within the value", "sid=7\t8", "ignored as error 11206", kControl),
    parse("5.2 step 5: an empty name", "=7", "ignored as error 11206", kNoName),
    parse("5.2 step 5: a name of spaces", "  =7; Path=/", "ignored as error 11206", kNoName),
    parse("5.2 step 6: case is kept", "SiD=AbC", "SiD|AbC"),
    parse("5.2 step 6: quotes are kept", "sid=\"7\"", "sid|\"7\""),
    parse("5.2 step 6: nothing is decoded", "s%69d=%37+%38", "s%69d|%37+%38"),
    parse("5.2 step 6: bytes beyond ASCII are kept", "n\xC3\xA9=\xFF\xC3", "n\xC3\xA9|\xFF\xC3"),
    parse("5.2 step 6: control characters that Twilio does not name are kept", "sid=\x01\x1B\x7F",
          "sid|\x01\x1B\x7F"),
    parse("5.2 step 6: the name of an attribute is a name like any other", "Path=/x", "Path|/x"),
    parse("5.2 step 6: a carriage return", "sid=7\r8", "ignored as error 11206", kControl),
    parse("5.2 step 6: a line feed", "sid=7\n8", "ignored as error 11206", kControl),
    parse("5.2 step 6: a vertical tab", "sid=7\v8", "ignored as error 11206", kControl),
    parse("5.2 step 6: a form feed", "sid=7\f8", "ignored as error 11206", kControl),
    parse("5.2 step 6: a NUL", "sid=7\0008"s, "ignored as error 11206",
          "RFC 6265 knows no such rule: at a NUL programs in between would cut the header"),

    // ---- 5.2 The Set-Cookie header: attributes --------------------------------------------------
    parse("5.2 attributes step 1: nothing after the semicolon", "sid=7;", "sid|7"),
    parse("5.2 attributes step 2: no space is needed after it", "sid=7;Path=/a", "sid|7|Path=/a"),
    parse("5.2 attributes step 3: each ends at the next semicolon",
          "sid=7; Path=/a; Domain=app.test", "sid|7|Domain=app.test|Path=/a"),
    parse("5.2 attributes step 3: the last needs none", "sid=7; Path=/a;", "sid|7|Path=/a"),
    parse("5.2 attributes step 3: empty ones in between", "sid=7;; ;Secure;;", "sid|7|Secure"),
    parse("5.2 attributes step 3: a comma ends nothing", "sid=7; Path=/a, id=8; Secure",
          "sid|7|Path=/a, id=8|Secure"),
    parse("5.2 attributes step 4: the first '=' divides", "sid=7; Path=/a=b", "sid|7|Path=/a=b"),
    parse("5.2 attributes step 4: without '=' the value is empty", "sid=7; Path", "sid|7"),
    parse("5.2 attributes step 5: spaces around name and value go", "sid=7;  Path  =  /a b  ",
          "sid|7|Path=/a b"),
    parse("5.2 attributes step 5: quotes stay, and so spoil a path", "sid=7; Path=\"/a\"", "sid|7"),
    parse("5.2 attributes step 5: a tab", "sid=7;\tPath=/a", "ignored as error 11206", kTab),
    parse("5.2 attributes step 6: names in any case",
          "sid=7; pAtH=/a; DOMAIN=app.test; secure; httponly; max-age=5",
          "sid|7|Max-Age=5|Domain=app.test|Path=/a|Secure|HttpOnly"),
    parse("5.2 attributes step 6: unknown ones are ignored",
          "sid=7; SameSite=Lax; Priority=High; Partitioned; Version=1", "sid|7"),
    parse("5.2 attributes step 6: one without a name is ignored", "sid=7; =/a", "sid|7"),
    parse("5.2 attributes step 6: a longer name is another name", "sid=7; Secured; Path2=/a",
          "sid|7"),
    parse("5.2 attributes step 7: all of them, in any order",
          "sid=7; HttpOnly; Secure; Path=/a; Domain=app.test; Max-Age=5; Expires=Wed, 02 Jan 2030 "
          "03:04:05 GMT",
          "sid|7|Expires=2030-01-02 03:04:05|Max-Age=5|Domain=app.test|Path=/a|Secure|HttpOnly"),

    // ---- 5.2.1 to 5.2.6 -------------------------------------------------------------------------
    parse("5.2.1 step 1: a date", "sid=7; Expires=Wed, 02-Jan-2030 03:04:05 GMT",
          "sid|7|Expires=2030-01-02 03:04:05"),
    parse("5.2.1 step 1: an '=' in it delimits", "sid=7; Expires=02=Jan=2030=03:04:05",
          "sid|7|Expires=2030-01-02 03:04:05"),
    parse("5.2.1 step 2: what is no date is ignored", "sid=7; Expires=0", "sid|7"),
    parse("5.2.1 step 2: an empty one is ignored", "sid=7; Expires=", "sid|7"),
    parse("5.2.1 step 3: the latest date there is can be told",
          "sid=7; Expires=Fri, 31 Dec 9999 23:59:59 GMT", "sid|7|Expires=9999-12-31 23:59:59"),
    parse("5.2.1 step 4: the earliest date there is can be told",
          "sid=7; Expires=Mon, 01 Jan 1601 00:00:00 GMT", "sid|7|Expires=1601-01-01 00:00:00"),
    parse("5.2.1 step 5: the attribute has no effect on others",
          "sid=7; Expires=Wed, 02 Jan 2030 03:04:05 GMT; Max-Age=x",
          "sid|7|Expires=2030-01-02 03:04:05"),
    parse("5.2.2 step 1: a plus in front", "sid=7; Max-Age=+5", "sid|7"),
    parse("5.2.2 step 1: a quote in front", "sid=7; Max-Age=\"5\"", "sid|7"),
    parse("5.2.2 step 1: empty", "sid=7; Max-Age=", "sid|7"),
    parse("5.2.2 step 1: no value", "sid=7; Max-Age", "sid|7"),
    parse("5.2.2 step 2: a unit behind", "sid=7; Max-Age=5s", "sid|7"),
    parse("5.2.2 step 2: a fraction", "sid=7; Max-Age=5.5", "sid|7"),
    parse("5.2.2 step 2: a space within", "sid=7; Max-Age=5 5", "sid|7"),
    parse("5.2.2 step 2: a second minus", "sid=7; Max-Age=--5", "sid|7"),
    parse("5.2.2 step 3: digits", "sid=7; Max-Age=14399", "sid|7|Max-Age=14399"),
    parse("5.2.2 step 3: zeros in front", "sid=7; Max-Age=0005", "sid|7|Max-Age=5"),
    parse("5.2.2 step 3: more than any type holds", "sid=7; Max-Age=123456789012345678901234567890",
          "sid|7|Max-Age=9223372036854775807"),
    parse("5.2.2 step 3: a minus alone", "sid=7; Max-Age=-", "sid|7",
          "RFC 6265 lets it pass to a conversion that it does not define: it is no number"),
    parse("5.2.2 step 4: zero", "sid=7; Max-Age=0", "sid|7|Max-Age=0"),
    parse("5.2.2 step 4: less than zero", "sid=7; Max-Age=-5", "sid|7|Max-Age=-5"),
    parse("5.2.2 step 4: less than any type holds",
          "sid=7; Max-Age=-123456789012345678901234567890", "sid|7|Max-Age=-9223372036854775808"),
    send("5.2.2 step 4: zero is over at once", {"sid=7; Max-Age=0"}, kSmsPage, kSmsPage, 0, ""),
    send("5.2.2 step 4: less than zero is over at once", {"sid=7; Max-Age=-5"}, kSmsPage, kSmsPage,
         0, ""),
    send("5.2.2 step 5: the lifetime counts from the answer", {{"sid=7; Max-Age=60", 1000}},
         kSmsPage, kSmsPage, 1059, "sid=7"),
    parse("5.2.3 step 1: an empty one is ignored", "sid=7; Domain=", "sid|7"),
    parse("5.2.3 step 1: no value", "sid=7; Domain", "sid|7"),
    parse("5.2.3 step 1: an empty one does not undo another",
          "sid=7; Domain=app.test; Domain=", "sid|7|Domain=app.test"),
    parse("5.2.3 step 2: a dot in front goes", "sid=7; Domain=.app.test", "sid|7|Domain=app.test"),
    parse("5.2.3 step 2: one dot alone goes", "sid=7; Domain=..app.test", "sid|7|Domain=.app.test"),
    parse("5.2.3 step 2: a dot at the end stays", "sid=7; Domain=app.test.",
          "sid|7|Domain=app.test."),
    parse("5.2.3 step 3: letters become lower case", "sid=7; Domain=App.TEST",
          "sid|7|Domain=app.test"),
    parse("5.2.4 step 1: an empty one is the default path", "sid=7; Path=", "sid|7"),
    parse("5.2.4 step 1: one without a slash in front is the default path", "sid=7; Path=sms",
          "sid|7"),
    parse("5.2.4 step 2: taken as it is written", "sid=7; Path=/Sms/%2F?x#y/",
          "sid|7|Path=/Sms/%2F?x#y/"),
    parse("5.2.5: its value does not matter", "sid=7; Secure=false", "sid|7|Secure"),
    parse("5.2.5: in any case", "sid=7; SECURE", "sid|7|Secure"),
    parse("5.2.6: its value does not matter", "sid=7; HttpOnly=0", "sid|7|HttpOnly"),
    parse("5.2.6: in any case", "sid=7; httpONLY", "sid|7|HttpOnly"),

    // ---- 5.3 The storage model ------------------------------------------------------------------
    send("5.3 step 1: a cookie of 4096 bytes is stored", {"s=" + std::string(4095, 'x')}, kSmsPage,
         kSmsPage, 0, "s=" + std::string(4095, 'x')),
    send("5.3 step 1: a larger one is ignored, as a user agent may",
         {"s=1", "s=" + std::string(4096, 'x')}, kSmsPage, kSmsPage, 0, "s=1"),
    send("5.3 step 2: the cookie has the name and the value that were set", {"SiD=\"7\""}, kSmsPage,
         kSmsPage, 0, "SiD=\"7\""),
    send("5.3 step 3: Max-Age, its last second", {"sid=7; Max-Age=60"}, kSmsPage, kSmsPage, 59,
         "sid=7"),
    send("5.3 step 3: Max-Age, its end", {"sid=7; Max-Age=60"}, kSmsPage, kSmsPage, 60, ""),
    send("5.3 step 3: Expires, its last second", {"sid=7; Expires=Wed, 02 Jan 2030 03:01:00 GMT"},
         kSmsPage, kSmsPage, 59, "sid=7"),
    send("5.3 step 3: Expires, its end", {"sid=7; Expires=Wed, 02 Jan 2030 03:01:00 GMT"}, kSmsPage,
         kSmsPage, 60, ""),
    send("5.3 step 3: Expires now", {"sid=7; Expires=Wed, 02 Jan 2030 03:00:00 GMT"}, kSmsPage,
         kSmsPage, 0, ""),
    send("5.3 step 3: Max-Age before a shorter Expires",
         {"sid=7; Max-Age=60; Expires=Wed, 02 Jan 2030 03:00:10 GMT"}, kSmsPage, kSmsPage, 59,
         "sid=7"),
    send("5.3 step 3: Max-Age before a longer Expires",
         {"sid=7; Expires=Wed, 02 Jan 2030 04:00:00 GMT; Max-Age=60"}, kSmsPage, kSmsPage, 60, ""),
    send("5.3 step 3: a Max-Age that was ignored leaves Expires",
         {"sid=7; Max-Age=soon; Expires=Wed, 02 Jan 2030 03:01:00 GMT"}, kSmsPage, kSmsPage, 60,
         ""),
    send("5.3 step 3: the last Max-Age counts, if it is longer", {"sid=7; Max-Age=60; Max-Age=90"},
         kSmsPage, kSmsPage, 89, "sid=7"),
    send("5.3 step 3: the last Max-Age counts, if it is shorter", {"sid=7; Max-Age=90; Max-Age=60"},
         kSmsPage, kSmsPage, 60, ""),
    send("5.3 step 3: the last Expires counts",
         {"sid=7; Expires=Wed, 02 Jan 2030 03:01:00 GMT; Expires=Wed, 02 Jan 2030 03:02:00 GMT"},
         kSmsPage, kSmsPage, 119, "sid=7"),
    send("5.3 step 3: an Expires that is no date leaves the one before",
         {"sid=7; Expires=Wed, 02 Jan 2030 03:01:00 GMT; Expires=never"}, kSmsPage, kSmsPage, 60,
         ""),
    send("5.3 step 3: Expires by the clock of an app that lags behind",
         {{"sid=7; Expires=Sat, 02 Jan 1999 03:01:00 GMT", 0, "", "Sat, 02 Jan 1999 03:00:00 GMT"}},
         kSmsPage, kSmsPage, 59, "sid=7", kAnswersDate),
    send("5.3 step 3: Expires by the clock of an app that is ahead",
         {{"sid=7; Expires=Wed, 02 Jan 2030 04:00:00 GMT", 0, "", "Wed, 02 Jan 2030 05:00:00 GMT"}},
         kSmsPage, kSmsPage, 0, "", kAnswersDate),
    send("5.3 step 3: Expires without a Date that can be read",
         {{"sid=7; Expires=Wed, 02 Jan 2030 03:01:00 GMT", 0, "", "today"}}, kSmsPage, kSmsPage, 60,
         "sid=7", kAnswersDate),
    send("5.3 step 3: neither, the last second of 4 h", {"sid=7"}, kSmsPage, kSmsPage, 14399,
         "sid=7"),
    send("5.3 step 3: neither, the end of 4 h", {"sid=7"}, kSmsPage, kSmsPage, 14400, "",
         kFourHours),
    send("5.3 step 3: a Max-Age of a day ends after 4 h", {"sid=7; Max-Age=86400"}, kSmsPage,
         kSmsPage, 14400, "", kFourHours),
    send("5.3 step 3: an Expires next year ends after 4 h",
         {"sid=7; Expires=Thu, 02 Jan 2031 03:00:00 GMT"}, kSmsPage, kSmsPage, 14400, "",
         kFourHours),
    send("5.3 step 4: the last Domain counts", {"sid=7; Domain=www.app.test; Domain=app.test"},
         kWww, kSmsPage, 0, "sid=7"),
    send("5.3 step 4: the last Domain counts, though one before would do",
         {"sid=7; Domain=app.test; Domain=other.test"}, kSmsPage, kSmsPage, 0, ""),
    send("5.3 step 4: a last Domain of a dot alone is none", {"sid=7; Domain=app.test; Domain=."},
         kSmsPage, kWww, 0, ""),
    send("5.3 step 5: a public suffix is a domain like any other, as no list is configured",
         {"sid=7; Domain=test"}, kSmsPage, "https://other.test/", 0, "sid=7"),
    send("5.3 step 6: a Domain that the host is in", {"sid=7; Domain=app.test"}, kWww, kSmsPage, 0,
         "sid=7"),
    send("5.3 step 6: a Domain that is the host", {"sid=7; Domain=app.test"}, kSmsPage, kWww, 0,
         "sid=7"),
    send("5.3 step 6: host and Domain in other letters", {"sid=7; Domain=.APP.test"},
         "https://Www.App.Test/", kSmsPage, 0, "sid=7"),
    send("5.3 step 6: a Domain below the host is ignored with its cookie",
         {"sid=7; Domain=www.app.test"}, kSmsPage, kWww, 0, ""),
    send("5.3 step 6: a foreign Domain is ignored with its cookie", {"sid=7; Domain=other.test"},
         kSmsPage, "https://other.test/", 0, ""),
    send("5.3 step 6: the end of an address is no Domain", {"sid=7; Domain=0.0.1"},
         "http://127.0.0.1/", "http://127.0.0.1/", 0, ""),
    send("5.3 step 6: an address is its own Domain", {"sid=7; Domain=127.0.0.1"},
         "http://127.0.0.1/", "http://127.0.0.1/", 0, "sid=7"),
    send("5.3 step 6: without a Domain it is the host's alone", {"sid=7"}, kSmsPage, kWww, 0, ""),
    send("5.3 step 7: the last Path counts", {"sid=7; Path=/x; Path=/sms"}, kSmsPage, kSmsPage, 0,
         "sid=7"),
    send("5.3 step 7: a last Path that is none is the default path", {"sid=7; Path=/x; Path=y"},
         kDeep, "https://app.test/a/b", 0, "sid=7"),
    send("5.3 step 7: without a Path it is the folder of the request", {"sid=7"}, kDeep,
         "https://app.test/a/b/d", 0, "sid=7"),
    send("5.3 step 7: the folder's parent is outside", {"sid=7"}, kDeep, "https://app.test/a", 0,
         ""),
    send("5.3 step 7: a Path that the request is not under is stored", {"sid=7; Path=/x"}, kSmsPage,
         "https://app.test/x/y", 0, "sid=7"),
    send("5.3 step 8: Secure may be set over http", {"sid=7; Secure"}, "http://app.test/sms",
         kSmsPage, 0, "sid=7"),
    send("5.3 step 8: without Secure it goes over http", {"sid=7"}, kSmsPage, "http://app.test/sms",
         0, "sid=7"),
    send("5.3 step 9: HttpOnly withholds nothing from HTTP", {"sid=7; HttpOnly"}, kSmsPage,
         kSmsPage, 0, "sid=7"),
    send("5.3 step 10: HttpOnly may be set, as a webhook is HTTP", {"sid=7; HttpOnly; Secure"},
         kSmsPage, kSmsPage, 0, "sid=7"),
    send("5.3 step 11: the same name, domain and path is replaced", {"sid=7", {"sid=8", 1}},
         kSmsPage, kSmsPage, 2, "sid=8"),
    send("5.3 step 11: HttpOnly may be replaced, as a webhook is HTTP",
         {"sid=7; HttpOnly", {"sid=8", 1}}, kSmsPage, kSmsPage, 2, "sid=8"),
    send("5.3 step 11: Secure may be replaced over http",
         {"sid=7; Secure", {"sid=8", 1, "http://app.test/sms"}}, kSmsPage, kSmsPage, 2, "sid=8"),
    send("5.3 step 11: the new one's Secure counts", {"sid=7; Secure", {"sid=8", 1}}, kSmsPage,
         "http://app.test/sms", 2, "sid=8"),
    send("5.3 step 11: the new one's lifetime counts",
         {"sid=7; Max-Age=60", {"sid=8; Max-Age=60", 30}}, kSmsPage, kSmsPage, 89, "sid=8"),
    send("5.3 step 11: the new one's lifetime counts, if it ends earlier",
         {"sid=7", {"sid=8; Max-Age=60", 30}}, kSmsPage, kSmsPage, 90, ""),
    send("5.3 step 11: whether it is the host's alone takes no part",
         {"sid=7", {"sid=8; Domain=app.test", 1}}, kSmsPage, kSmsPage, 2, "sid=8"),
    send("5.3 step 11: the creation time of the old one is kept", {"a=1", "b=2", {"a=3", 1}},
         kSmsPage, kSmsPage, 2, "a=3; b=2"),
    send("5.3 step 11: an old one that had expired is gone, with its creation time",
         {"a=1; Max-Age=5", "b=2", {"a=3", 5}}, kSmsPage, kSmsPage, 6, "b=2; a=3"),
    send("5.3 step 11: one that is over at once removes the old one",
         {"a=1", "b=2", {"a=; Max-Age=0", 1}}, kSmsPage, kSmsPage, 2, "b=2"),
    send("5.3 step 11: one that is long over removes the old one",
         {"a=1", "b=2", {"a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 1}}, kSmsPage, kSmsPage, 2,
         "b=2"),
    send("5.3 step 11: removed and set again, it is a new one",
         {"a=1", "b=2", {"a=; Max-Age=0", 1}, {"a=3", 2}}, kSmsPage, kSmsPage, 3, "b=2; a=3"),
    send("5.3 step 11: a removal of another path removes nothing",
         {"a=1", {"a=; Path=/sms; Max-Age=0", 1}}, kSmsPage, kSmsPage, 2, "a=1"),
    send("5.3 step 11: a removal of another domain removes nothing",
         {"a=1", {"a=; Domain=test; Max-Age=0", 1}}, kSmsPage, kSmsPage, 2, "a=1"),
    send("5.3 step 11: a removal for a domain that the host is not in removes nothing",
         {"a=1; Domain=app.test", {"a=; Domain=app.test; Max-Age=0", 1, "https://other.test/sms"}},
         kSmsPage, kSmsPage, 2, "a=1"),
    send("5.3 step 12: another name is inserted", {"a=1", "b=2"}, kSmsPage, kSmsPage, 0,
         "a=1; b=2"),
    send("5.3 step 12: a name in other letters is another name", {"a=1", "A=2"}, kSmsPage, kSmsPage,
         0, "a=1; A=2"),
    send("5.3 step 12: another domain is another cookie", {"a=1", "a=2; Domain=test"}, kSmsPage,
         kSmsPage, 0, "a=1; a=2"),
    send("5.3 step 12: another path is another cookie", {"a=1; Path=/", "a=2; Path=/sms"}, kSmsPage,
         kSmsPage, 0, "a=2; a=1"),
    send("5.3 eviction: expired cookies make room first",
         fifty_and({{"c49=x; Path=/c49; Max-Age=5", 1}, {"c50=x", 10}}), kSmsPage,
         "https://app.test/c0", 10, "c0=x; c50=x"),
    send("5.3 eviction: 50 of a domain stay", fifty_and({}), kSmsPage, "https://app.test/c0", 0,
         "c0=x"),
    send("5.3 eviction: one more drops the oldest of the domain", fifty_and({{"c50=x", 1}}),
         kSmsPage, "https://app.test/c0", 1, "c50=x"),
    send("5.3 eviction: one more drops the oldest of the domain and no other",
         fifty_and({{"c50=x", 1}}), kSmsPage, "https://app.test/c1", 1, "c1=x; c50=x"),
    send("5.3 eviction: the oldest is dropped though it was renewed last",
         fifty_and({{"c0=y; Path=/c0", 1}, {"c50=x", 2}}), kSmsPage, "https://app.test/c0", 2,
         "c50=x", kOldest),
    send("5.3 eviction: another domain has room of its own", fifty_and({{"c50=x; Domain=test", 1}}),
         kSmsPage, "https://app.test/c0", 1, "c0=x; c50=x"),

    // ---- 5.4 The Cookie header ------------------------------------------------------------------
    send("5.4 step 1: host-only, the same host", {"sid=7"}, kSmsPage, kSmsPage, 0, "sid=7"),
    send("5.4 step 1: host-only, the same host in other letters", {"sid=7"}, kSmsPage,
         "https://APP.test/sms", 0, "sid=7"),
    send("5.4 step 1: host-only, another port", {"sid=7"}, kSmsPage, "https://app.test:8443/sms", 0,
         "sid=7"),
    send("5.4 step 1: host-only, a host below", {"sid=7"}, kSmsPage, kWww, 0, ""),
    send("5.4 step 1: host-only, a host above", {"sid=7"}, kWww, kSmsPage, 0, ""),
    send("5.4 step 1: host-only, an address", {"sid=7"}, "http://[::1]:3000/sms",
         "http://[::1]:3001/sms", 0, "sid=7"),
    send("5.4 step 1: domain, a host below", {"sid=7; Domain=app.test"}, kSmsPage,
         "https://a.b.app.test/", 0, "sid=7"),
    send("5.4 step 1: domain, a host that ends alike", {"sid=7; Domain=app.test"}, kSmsPage,
         "https://myapp.test/", 0, ""),
    send("5.4 step 1: path, below", {"sid=7; Path=/sms"}, kSmsPage, "https://app.test/sms/in", 0,
         "sid=7"),
    send("5.4 step 1: path, beside", {"sid=7; Path=/sms"}, kSmsPage, "https://app.test/smsin", 0,
         ""),
    send("5.4 step 1: path, an empty one is the root", {"sid=7; Path=/"}, kSmsPage,
         "https://app.test", 0, "sid=7"),
    send("5.4 step 1: secure, over https", {"sid=7; Secure"}, kSmsPage, kSmsPage, 0, "sid=7"),
    send("5.4 step 1: secure, over http", {"sid=7; Secure"}, kSmsPage, "http://app.test/sms", 0,
         ""),
    send("5.4 step 1: secure, over http on port 443", {"sid=7; Secure"}, kSmsPage,
         "http://app.test:443/sms", 0, ""),
    send("5.4 step 1: of several those that fit",
         {"a=1; Path=/x", "b=2", "c=3; Max-Age=5", "d=4; Secure"}, kSmsPage, "http://app.test/sms",
         5, "b=2"),
    send("5.4 step 2: longer paths first", {"a=1; Path=/", "b=2; Path=/a/b", "c=3; Path=/a"}, kDeep,
         kDeep, 0, "b=2; c=3; a=1"),
    send("5.4 step 2: a slash at the end makes a path longer", {"a=1; Path=/a", "b=2; Path=/a/"},
         kDeep, kDeep, 0, "b=2; a=1"),
    send("5.4 step 2: a default path counts as if it were written", {"a=1; Path=/a", "b=2"}, kDeep,
         kDeep, 0, "b=2; a=1"),
    send("5.4 step 2: of equal paths the older first", {"b=1", {"a=2", 1}, {"c=3", 2}}, kSmsPage,
         kSmsPage, 3, "b=1; a=2; c=3"),
    send("5.4 step 2: the path before the age",
         {"a=1; Path=/", {"b=2; Path=/a", 1}, {"c=3; Path=/", 2}}, kDeep, kDeep, 3,
         "b=2; a=1; c=3"),
    send("5.4 step 2: the domain takes no part",
         {"a=1; Domain=test", "b=2", "c=3; Domain=app.test"}, kSmsPage, kSmsPage, 0,
         "a=1; b=2; c=3"),
    send("5.4 step 3: being sent does not renew a lifetime", {"a=1; Max-Age=60", {"b=2", 59}},
         kSmsPage, kSmsPage, 60, "b=2"),
    send("5.4 step 4: nothing to send, no header", {}, kSmsPage, kSmsPage, 0, ""),
    send("5.4 step 4: one cookie has no semicolon", {"a=1"}, kSmsPage, kSmsPage, 0, "a=1"),
    send("5.4 step 4: a semicolon and a space between two", {"a=1", "b=2"}, kSmsPage, kSmsPage, 0,
         "a=1; b=2"),
    send("5.4 step 4: an empty value keeps its '='", {"a=", "b=2"}, kSmsPage, kSmsPage, 0,
         "a=; b=2"),
    send("5.4 step 4: an '=' in the value is not escaped", {"a=x=y=="}, kSmsPage, kSmsPage, 0,
         "a=x=y=="),
    send("5.4 step 4: no attribute goes back",
         {"a=1; Path=/; Domain=app.test; Max-Age=60; Secure; HttpOnly"}, kSmsPage, kSmsPage, 0,
         "a=1"),
    send("5.4 step 4: bytes go back as they came", {"a=\"\xC3\xA9\xFF %20\""}, kSmsPage, kSmsPage,
         0, "a=\"\xC3\xA9\xFF %20\""),
};

/// What section 5 has: each begins the id of one row at least.
const std::vector<std::string> kSteps = {
    "5.1.1 step 1:",
    "5.1.1 step 2:",
    "5.1.1 step 2.1:",
    "5.1.1 step 2.2:",
    "5.1.1 step 2.3:",
    "5.1.1 step 2.4:",
    "5.1.1 step 3:",
    "5.1.1 step 4:",
    "5.1.1 step 5:",
    "5.1.1 step 6:",
    "5.1.1 step 7:",
    "5.1.2 step 1:",
    "5.1.2 step 2:",
    "5.1.2 step 3:",
    "5.1.3 identical:",
    "5.1.3 suffix:",
    "5.1.3 dot:",
    "5.1.3 host name:",
    "5.1.4 default step 1:",
    "5.1.4 default step 2:",
    "5.1.4 default step 3:",
    "5.1.4 default step 4:",
    "5.1.4 match identical:",
    "5.1.4 match prefix '/':",
    "5.1.4 match prefix then",
    "5.2 step 1:",
    "5.2 step 2:",
    "5.2 step 3:",
    "5.2 step 4:",
    "5.2 step 5:",
    "5.2 step 6:",
    "5.2 attributes step 1:",
    "5.2 attributes step 2:",
    "5.2 attributes step 3:",
    "5.2 attributes step 4:",
    "5.2 attributes step 5:",
    "5.2 attributes step 6:",
    "5.2 attributes step 7:",
    "5.2.1 step 1:",
    "5.2.1 step 2:",
    "5.2.1 step 3:",
    "5.2.1 step 4:",
    "5.2.1 step 5:",
    "5.2.2 step 1:",
    "5.2.2 step 2:",
    "5.2.2 step 3:",
    "5.2.2 step 4:",
    "5.2.2 step 5:",
    "5.2.3 step 1:",
    "5.2.3 step 2:",
    "5.2.3 step 3:",
    "5.2.4 step 1:",
    "5.2.4 step 2:",
    "5.2.5:",
    "5.2.6:",
    "5.3 step 1:",
    "5.3 step 2:",
    "5.3 step 3:",
    "5.3 step 4:",
    "5.3 step 5:",
    "5.3 step 6:",
    "5.3 step 7:",
    "5.3 step 8:",
    "5.3 step 9:",
    "5.3 step 10:",
    "5.3 step 11:",
    "5.3 step 12:",
    "5.3 eviction:",
    "5.4 step 1:",
    "5.4 step 2:",
    "5.4 step 3:",
    "5.4 step 4:",
};

// Not by fmt, which counts in nanoseconds and so knows no year before 1678.
std::string told(std::chrono::sys_seconds moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{moment - day};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string read_date(const std::string& text) {
  const auto date = parse_cookie_date(text);
  return date ? told(*date) : "no date";
}

std::string canonical_host(const std::string& url) {
  try {
    return Url::parse(url).host;
  } catch (const BadInput&) {
    return "refused";
  }
}

std::string read_set_cookie(const std::string& header) {
  const auto parsed = parse_set_cookie(header);
  if (const auto* const rejected = std::get_if<RejectedCookie>(&parsed)) {
    return rejected->malformed ? "ignored as error 11206" : "ignored";
  }
  const auto& cookie = std::get<SetCookie>(parsed);
  std::string text = cookie.name + "|" + cookie.value;
  if (cookie.expires) text += "|Expires=" + told(*cookie.expires);
  if (cookie.max_age) text += fmt::format("|Max-Age={}", cookie.max_age->count());
  if (!cookie.domain.empty()) text += "|Domain=" + cookie.domain;
  if (!cookie.path.empty()) text += "|Path=" + cookie.path;
  if (cookie.secure) text += "|Secure";
  if (cookie.http_only) text += "|HttpOnly";
  return text;
}

std::string sent_cookies(const Row& row) {
  using std::chrono::seconds;
  const std::chrono::sys_seconds start =
      std::chrono::sys_days(std::chrono::year(2030) / std::chrono::January / 2) + 3h;
  CookieStore store;
  for (const Answer& answer : row.answers) {
    const Url url = Url::parse(answer.url.empty() ? row.set_by : answer.url);
    const Instant at = Instant() + seconds(answer.after_s);
    const std::string date = answer.date.empty() ? fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                                                               start + seconds(answer.after_s))
                                                 : std::string(answer.date);
    store.write({{{"Date", date}, {"Set-Cookie", answer.set_cookie}}, url, at, DeliveryNumber(1)});
  }
  return cookie_header(store.cookies_for(store.version(), Url::parse(row.request),
                                         Instant() + seconds(row.after_s), Expiry::observed));
}

std::string match_or_differ(bool matches) { return matches ? "match" : "differ"; }

std::string observed(const Row& row) {
  switch (row.ask) {
    case Ask::date:
      return read_date(row.inputs.at(0));
    case Ask::host:
      return canonical_host(row.inputs.at(0));
    case Ask::domain_match:
      return match_or_differ(domain_matches(row.inputs.at(0), row.inputs.at(1)));
    case Ask::default_path:
      return crumbproof::twilio::default_path(row.inputs.at(0));
    case Ask::path_match:
      return match_or_differ(path_matches(row.inputs.at(0), row.inputs.at(1)));
    case Ask::parse:
      return read_set_cookie(row.inputs.at(0));
    case Ask::send:
      return sent_cookies(row);
  }
  return "no such question";
}

}  // namespace

TEST_CASE("RFC 6265 section 5, row by row") {
  const Row& row = kTable[GENERATE(range(std::size_t(0), kTable.size()))];
  DYNAMIC_SECTION(row.id) {
    CAPTURE(row.inputs, row.departure);
    CHECK(observed(row) == row.expected);
  }
}

TEST_CASE("The table of RFC 6265 has 150 rows or more, and one at least for every step") {
  CHECK(kTable.size() >= 150);
  std::set<std::string_view> ids;
  for (const Row& row : kTable) {
    CAPTURE(row.id);
    CHECK(ids.insert(row.id).second);
    CHECK(std::any_of(kSteps.begin(), kSteps.end(),
                      [&](const std::string& step) { return row.id.starts_with(step); }));
  }
  for (const std::string& step : kSteps) {
    CAPTURE(step);
    CHECK(std::any_of(kTable.begin(), kTable.end(),
                      [&](const Row& row) { return row.id.starts_with(step); }));
  }
}
