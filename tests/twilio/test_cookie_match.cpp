#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/cookie_match.hpp>

#include <chrono>
#include <string_view>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;

TEST_CASE("A domain matches itself and what is below it, except for addresses") {
  struct Row {
    std::string_view host;
    std::string_view domain;
    bool matches;
  };
  const Row row = GENERATE(values<Row>({
      {"app.test", "app.test", true},
      {"www.app.test", "app.test", true},
      {"a.b.app.test", "app.test", true},
      {"a.b.app.test", "b.app.test", true},
      {"app.test", "test", true},
      {"myapp.test", "app.test", false},
      {"app.test", "www.app.test", false},
      {"app.test", "other.test", false},
      {"app.test.evil.test", "app.test", false},
      {"app.test", ".app.test", false},
      {"www.app.test", ".app.test", false},
      {"app.test", "app.test.", false},
      {"app2.test3", "test3", true},
      {"www.app.test.", "app.test.", true},
      {"localhost", "localhost", true},
      {"127.0.0.1", "127.0.0.1", true},
      {"127.0.0.1", "0.0.1", false},
      {"127.0.0.1", "1", false},
      {"::1", "::1", true},
      {"::ffff:1.2.3.a", "2.3.a", false},
  }));
  CAPTURE(row.host, row.domain);
  CHECK(domain_matches(row.host, row.domain) == row.matches);
}

TEST_CASE("The default path is the request's folder") {
  struct Row {
    std::string_view request;
    std::string_view path;
  };
  const Row row = GENERATE(values<Row>({
      {"", "/"},
      {"sms", "/"},
      {"/", "/"},
      {"/sms", "/"},
      {"/sms/", "/sms"},
      {"/sms/in", "/sms"},
      {"/a/b/c", "/a/b"},
      {"//", "/"},
  }));
  CAPTURE(row.request);
  CHECK(default_path(row.request) == row.path);
}

TEST_CASE("A path matches itself and what is below it") {
  struct Row {
    std::string_view request;
    std::string_view cookie;
    bool matches;
  };
  const Row row = GENERATE(values<Row>({
      {"/sms", "/sms", true},
      {"/sms/in", "/sms", true},
      {"/sms/in", "/sms/", true},
      {"/sms/", "/sms", true},
      {"/sms", "/", true},
      {"/", "/", true},
      {"", "/", true},
      {"", "/sms", false},
      {"/sms", "/sms/", false},
      {"/smsin", "/sms", false},
      {"/sm", "/sms", false},
      {"/Sms", "/sms", false},
      {"/%73ms", "/sms", false},
      {"/x/sms", "/sms", false},
  }));
  CAPTURE(row.request, row.cookie);
  CHECK(path_matches(row.request, row.cookie) == row.matches);
}

TEST_CASE("Lower case touches ASCII letters alone") {
  CHECK(lower_case("@AZ[`az{09-\xC3\x89") == "@az[`az{09-\xC3\x89");
}
