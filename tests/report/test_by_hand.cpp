#include <crumbproof/report/by_hand.hpp>

#include <string>

#include "../formats/shown.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace crumbproof;
using formats::sample::shown_fail;

namespace {

constexpr std::size_t kBroad = 200;

std::string commands(const search::CheckResult& result,
                     const report::RunInfo& info = report::sample::info(),
                     std::size_t width = kBroad) {
  return report::by_hand(result.counterexamples.front(), info, width);
}

Delivery& delivery(search::CheckResult& result, std::size_t index) {
  return result.counterexamples.front().shown->trace.deliveries[index];
}

}  // namespace

TEST_CASE("By hand a counterexample is a curl command for each step, from fresh numbers") {
  CHECK(commands(shown_fail()) ==
        "# 1  \"order\"\n"
        "curl -sS -D step-1 http://127.0.0.1:3000/sms -A TwilioProxy/1.1 "
        "-H 'X-Twilio-Signature: c2ln' -d Body=order -d From=%2B2; echo\n"
        "# 2  \"2 large\"  (missing: the Cookie header was withheld)\n"
        "curl -sS -D step-2 http://127.0.0.1:3000/sms -A TwilioProxy/1.1 "
        "-H 'X-Twilio-Signature: c2ln' -d Body=2+large -d From=%2B2; echo\n");
}

TEST_CASE("A command that is wider than the terminal goes on in the next line") {
  CHECK_THAT(commands(shown_fail(), report::sample::info(), 60),
             Catch::Contains("curl -sS -D step-1 http://127.0.0.1:3000/sms \\\n"
                             "    -A TwilioProxy/1.1 -H 'X-Twilio-Signature: c2ln' \\\n"
                             "    -d Body=order -d From=%2B2; echo\n"));
}

TEST_CASE("By hand a cookie comes from the answer that set it") {
  search::CheckResult result = shown_fail();
  delivery(result, 1).cookies = {{"sid", DeliveryNumber(7)}, {"o's", DeliveryNumber(1)}};
  result.counterexamples[0].shown->afresh.at(DeliveryNumber(2)).headers.push_back({"Cookie", "x"});
  CHECK_THAT(commands(result), Catch::StartsWith("c() { ") &&
                                   Catch::Contains("-H \"Cookie: $(c 7 sid); $(c 1 'o'\\''s')\""));
  // A forged or a foreign one cannot be found there, nor one that no answer has set.
  for (const char* const attack : {"forged", "foreign"}) {
    delivery(result, 1).faults = {attack};
    CHECK_THAT(commands(result), Catch::Contains("-H 'Cookie: x'"));
  }
  delivery(result, 1).faults = {};
  delivery(result, 1).cookies = {{"sid", DeliveryNumber()}};
  CHECK_THAT(commands(result), Catch::Contains("-H 'Cookie: x'"));
}

TEST_CASE("By hand requests that were in flight together are, and lost ones are not sent") {
  search::CheckResult result = shown_fail();
  delivery(result, 0).faults = {"overlap"};
  CHECK_THAT(commands(result),
             Catch::Contains("From=%2B2 &\n# 2") && Catch::EndsWith("From=%2B2; echo\nwait\n"));
  delivery(result, 1).faults = {"overlap"};
  CHECK_THAT(commands(result), Catch::EndsWith("From=%2B2 &\n"));
  delivery(result, 1).answered.reset();
  CHECK_THAT(commands(result), Catch::EndsWith("# (this one never reaches the app)\n"));
}

TEST_CASE("By hand a request is of the method, with the headers and parameters, that it had") {
  search::CheckResult result = shown_fail();
  auto& requests = result.counterexamples[0].shown->afresh;
  twilio::Request& first = requests.at(DeliveryNumber(1));
  first.method = "GET";
  first.url = "http://127.0.0.1:3000/sms?Body=order";
  // Who asks stands in the URL.
  first.headers = {{"Authorization", "Basic YTpi"}, {"X-Twilio-Signature", "c2ln"}};
  requests.at(DeliveryNumber(2)).parameters.clear();
  CHECK_THAT(commands(result), Catch::Contains("step-1 'http://127.0.0.1:3000/sms?Body=order' "
                                               "-H 'X-Twilio-Signature: c2ln'; echo\n") &&
                                   Catch::EndsWith("-d ''; echo\n"));
}

TEST_CASE("By hand a step says what kind of request it is, of which message if of any") {
  search::CheckResult result = shown_fail();
  delivery(result, 1).kind = DeliveryKind::redirect;
  delivery(result, 1).message = MessageIndex(2);
  CHECK_THAT(commands(result), Catch::Contains("\n# 2  redirect:   (missing: "));
}

TEST_CASE("By hand a request of which nothing was kept is not sent") {
  search::CheckResult result = shown_fail();
  result.counterexamples[0].shown->afresh.erase(DeliveryNumber(2));
  CHECK_THAT(commands(result), Catch::EndsWith("# (this one never reaches the app)\n"));
}

TEST_CASE("By hand the app behind a proxy sees what the proxy would add") {
  search::CheckResult result = shown_fail();
  auto& requests = result.counterexamples[0].shown->afresh;
  for (auto& [number, request] : requests) request.url = "https://sms.example.com/sms";
  report::RunInfo info = report::sample::info();
  info.options = {{"public-url", "https://sms.example.com/sms"}, {"insecure", "yes"}};
  CHECK_THAT(commands(result, info),
             Catch::Contains("curl -sS -D step-1 -k http://127.0.0.1:3000/sms "
                             "-H 'Host: sms.example.com' -H 'X-Forwarded-Host: sms.example.com' "
                             "-H 'X-Forwarded-Proto: https'"));
  // What is elsewhere is not behind it.
  for (const char* const url : {"http://sms.example.com/sms", "https://voice.example.com/sms"}) {
    for (auto& [number, request] : requests) request.url = url;
    CHECK_THAT(commands(result, info), Catch::Contains(fmt::format("step-1 -k {} -A", url)));
  }
}

TEST_CASE("By hand the app's certificate is checked as it was") {
  report::RunInfo info = report::sample::info();
  info.options = {{"cacert", "our ca.pem"}};
  CHECK_THAT(commands(shown_fail(), info), Catch::Contains("step-1 --cacert 'our ca.pem' http"));
}

TEST_CASE("Nothing is told by hand of what was not shown") {
  CHECK(commands(report::sample::fail()).empty());
}
