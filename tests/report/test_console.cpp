#include <crumbproof/report/console.hpp>
#include <crumbproof/report/proof_json.hpp>

#include <string>

#include "proved.hpp"
#include "sample.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using report::console;
using report::Style;
using search::Verdict;
namespace sample = report::sample;

namespace {

search::CheckResult stopped(Verdict verdict, const std::string& reason) {
  search::CheckResult result;
  result.verdict = verdict;
  result.reason = reason;
  result.bounds = {2, 2, false, 0, {}, 0, 0};
  return result;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

constexpr Style kWide{.width = 120};

}  // namespace

TEST_CASE("A failure on a terminal of 80 columns") {
  CHECK(console(sample::fail(), sample::info(), {}) ==
        R"(FAIL  cookie-missing: the app hard-depends on its cookie (found after 17
      deliveries, confirmed 3 of 3)
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a

  cookie-missing  fail
  cookie-stale    skipped: the search stopped at the first counterexample

Counterexample: "order", "2 large"; missing at delivery 2

sender                                                                       app
  │                                                                            │
  │  1  at 0.05 s  "order"                                                     │
  │     no cookie yet                                                          │
  ├───────────────────────────────────────────────────────────────────────────>│
  │<───────────────────────────────────────────────────────────────────────────┤
  │     Set-Cookie: sid                                                        │
  │     "How many, and which size?"                                            │
  │                                                                            │
  │  2  at 10.05 s  "2 large"                                                  │
  │     ✗ missing: the Cookie header was withheld                              │
  ├───────────────────────────────────────────────────────────────────────────>│
  │<───────────────────────────────────────────────────────────────────────────┤
  │     expected                            actual                             │
  │     "2 large. Shall I send it?"         "Say order to begin."              │
  │                                                                            │

Because delivery 2 came without its cookies, the answer to "2 large" is
different. With every cookie there and up to date, the same deliveries are
answered as expected, so this one fault suffices.
What to change: Keep the conversation under (From, To), which every webhook
                carries and a signature covers, in a database. A cookie may hold
                a copy, to be faster.
Minimal: certified; everything smaller over the same messages was run or proved
         equivalent

Searched: 17 schedules of up to 3 messages and 2 faults, 12 on the app and 5
          from known answers; 539 pruned; not exhausted
Pruned: of 854 choices 534 could make no difference (100 with no cookie yet, 400
        with the same values, 34 like a simpler fault); of 17 schedules and as
        many twins, 6 and 12 made the same requests as others

Run it again:  crumbproof check http://127.0.0.1:3000/sms --say order --say '2 large' --seed 1
Replay it:     crumbproof replay crumbproof-failure.json
)");
}

TEST_CASE("A failure on a terminal of 60 columns shows one below the other") {
  const std::string text = console(sample::fail(), sample::info(), {.width = 60});
  CHECK(text.find(R"(
  │  2  at 10.05 s  "2 large"                              │
  │     ✗ missing: the Cookie header was withheld          │
  ├───────────────────────────────────────────────────────>│
  │<───────────────────────────────────────────────────────┤
  │     expected:                                          │
  │     "2 large. Shall I send it?"                        │
  │     actual:                                            │
  │     "Say order to begin."                              │
  │                                                        │
)") != std::string::npos);
}

TEST_CASE("A pass says what was proved") {
  CHECK(console(sample::pass(), sample::info(), {}) ==
        R"(PASS  4 properties held in every schedule of up to 3 messages and 2 faults
      (exhausted: 214 schedules, 690 deliveries, 1.2 s)
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a

  cookie-missing  pass
  cookie-stale    pass
  no-crash        pass
  loop-free       pass

Searched: 214 schedules of up to 3 messages and 2 faults, 150 on the app and 64
          from known answers; 598 pruned; exhausted
Pruned: of 854 choices 534 could make no difference (100 with no cookie yet, 400
        with the same values, 34 like a simpler fault); of 214 schedules and as
        many twins, 100 and 150 made the same requests as others; 1 conversation
        left out that differs from others in the pairs only
)");
}

TEST_CASE("A pass that is not exhausted does not claim every schedule") {
  search::CheckResult result = sample::pass();
  result.bounds.exhausted = false;
  result.bounds.max_messages = 1;
  result.bounds.max_faults = 1;
  result.properties.resize(1);
  report::RunInfo info = sample::info();
  info.seconds = 0.25;
  const std::string text = console(result, info, kWide);
  CHECK(first_line(text) ==
        "PASS  cookie-missing held in 214 schedules of up to 1 message and 1 fault (not exhausted: "
        "there are more, 690");
  CHECK(text.find("      deliveries, 0.25 s)\n") != std::string::npos);
  CHECK(text.find("every schedule") == std::string::npos);
  CHECK(text.find("598 pruned; not\n          exhausted\n") != std::string::npos);
  CHECK(text.find("  cookie-missing  pass") == std::string::npos);
}

TEST_CASE("A pass with masks and warnings shows them, and counts the warnings in its first line") {
  search::CheckResult result = sample::pass();
  result.properties.clear();
  result.masks = {R"(/#\d+/: asked for with --ignore)"};
  result.warnings = {"no cookie was ever set: this check says nothing about cookies",
                     "Set-Cookie 'sid' asks for 86400 s; Twilio keeps it 4 h"};
  CHECK(console(result, sample::info(), {.width = 60}) ==
        R"(PASS  0 properties held in every schedule of up to 3
      messages and 2 faults (exhausted: 214 schedules, 690
      deliveries, 1.2 s, 2 warnings)
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a

Searched: 214 schedules of up to 3 messages and 2 faults,
          150 on the app and 64 from known answers; 598
          pruned; exhausted
Pruned: of 854 choices 534 could make no difference (100
        with no cookie yet, 400 with the same values, 34
        like a simpler fault); of 214 schedules and as many
        twins, 100 and 150 made the same requests as others;
        1 conversation left out that differs from others in
        the pairs only
masked: /#\d+/: asked for with --ignore
warning: no cookie was ever set: this check says nothing
         about cookies
warning: Set-Cookie 'sid' asks for 86400 s; Twilio keeps it
         4 h
)");
}

TEST_CASE("An inconclusive check says why, once, and how to repeat it") {
  search::CheckResult result =
      stopped(Verdict::inconclusive, "\"order\" got \"A\" and then \"B\" for the same requests");
  result.properties = {{"cookie-missing", Verdict::inconclusive, result.reason},
                       {"no-crash", Verdict::inconclusive, "of its own"},
                       {"loop-free", Verdict::inconclusive, "of its own"}};
  result.stats = {2, 4, 0};
  CHECK(console(result, sample::info(), {}) ==
        R"(INCONCLUSIVE  "order" got "A" and then "B" for the same requests
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a

  cookie-missing  inconclusive
  no-crash        inconclusive: of its own
  loop-free       inconclusive likewise

Searched: 0 schedules of up to 2 messages and 2 faults, 0 on the app and 0 from
          known answers; 0 pruned; not exhausted

Run it again:  crumbproof check http://127.0.0.1:3000/sms --say order --say '2 large' --seed 1
)");
}

TEST_CASE("An error says what was seen") {
  search::CheckResult result =
      stopped(Verdict::error, "the app is broken with no fault: \"order\" got status 500");
  result.properties = {{"cookie-missing", Verdict::skipped, "the run ended"},
                       {"no-crash", Verdict::skipped, "the run ended"}};
  CHECK(console(result, sample::info(), {}) ==
        R"(ERROR  the app is broken with no fault: "order" got status 500
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a

Searched: 0 schedules of up to 2 messages and 2 faults, 0 on the app and 0 from
          known answers; 0 pruned; not exhausted
)");
}

TEST_CASE("A verdict without a reason still says something") {
  CHECK(first_line(console(stopped(Verdict::error, ""), sample::info(), {})) ==
        "ERROR  the app could not be judged");
  CHECK(first_line(console(stopped(Verdict::inconclusive, ""), sample::info(), {})) ==
        "INCONCLUSIVE  nothing can be said");
}

TEST_CASE("Quiet is the verdict, and the replay line of a failure") {
  const Style quiet{.width = 120, .quiet = true};
  CHECK(console(sample::fail(), sample::info(), quiet) ==
        "FAIL  cookie-missing: the app hard-depends on its cookie (found after 17 deliveries, "
        "confirmed 3 of 3)\n"
        "Replay it:     crumbproof replay crumbproof-failure.json\n");
  report::RunInfo unsaved = sample::info();
  unsaved.replay_file.clear();
  CHECK(console(sample::fail(), unsaved, quiet) ==
        "FAIL  cookie-missing: the app hard-depends on its cookie (found after 17 deliveries, "
        "confirmed 3 of 3)\n"
        "Run it again:  crumbproof check http://127.0.0.1:3000/sms --say order --say '2 large' "
        "--seed 1\n");
  CHECK(console(sample::pass(), sample::info(), quiet) ==
        "PASS  4 properties held in every schedule of up to 3 messages and 2 faults (exhausted: "
        "214 schedules, 690 deliveries,\n      1.2 s)\n");
  CHECK(console(stopped(Verdict::error, "down"), sample::info(), quiet) == "ERROR  down\n");
}

TEST_CASE("Without a saved file a failure ends with the command that repeats it") {
  report::RunInfo info = sample::info();
  info.replay_file.clear();
  CHECK(console(sample::fail(), info, {})
            .ends_with("\nRun it again:  crumbproof check http://127.0.0.1:3000/sms --say order "
                       "--say '2 large' --seed 1\n"));
}

TEST_CASE("Verbose also says what it has cost") {
  Style style = kWide;
  CHECK(console(sample::fail(), sample::info(), style).find("On the app:") == std::string::npos);
  style.verbose = true;
  CHECK(console(sample::fail(), sample::info(), style).find(R"(
On the app: 20 executions (schedules, twins, controls and confirmations), 41 deliveries in 1.234 s, 33 a second
Trace hash: 0000000000abcdef
)") != std::string::npos);
}

TEST_CASE("What is minimal only locally is said so") {
  search::CheckResult result = sample::fail();
  result.counterexamples[0].certified = false;
  const std::string text = console(result, sample::info(), kWide);
  CHECK(
      text.find("Minimal: locally; no single step smaller breaks the property, but not everything "
                "smaller was looked at\n") != std::string::npos);
  CHECK(text.find("certified") == std::string::npos);
}

TEST_CASE("What depends on the app's timing is said so, with how often it failed") {
  search::CheckResult result = sample::fail();
  search::Counterexample& found = result.counterexamples[0];
  found.depends_on_timing = true;
  found.confirmed = 3;
  found.tries = 20;
  CHECK_THAT(console(result, sample::info(), kWide),
             Catch::Contains(", fails in 3 of 20 tries: it depends"));
  found.confirmed = 20;
  CHECK_THAT(console(result, sample::info(), kWide),
             Catch::Contains(", fails always, in 20 tries: it"));
}

TEST_CASE("Several counterexamples each have their own head") {
  search::CheckResult result = sample::fail();
  result.properties[1] = {"cookie-stale", Verdict::fail, ""};
  result.counterexamples.push_back(result.counterexamples[0]);
  result.counterexamples[1].property = "cookie-stale";
  result.counterexamples[1].confirmed = 2;
  result.counterexamples[1].deliveries_until_found = 1;
  const std::string text = console(result, sample::info(), kWide);
  CHECK(first_line(text) == "FAIL  2 properties are broken: cookie-missing, cookie-stale");
  CHECK(text.find("\nFAIL  cookie-missing: the app hard-depends on its cookie (found after 17 "
                  "deliveries, confirmed 3 of 3)\nCounterexample: ") != std::string::npos);
  CHECK(
      text.find("\nFAIL  cookie-stale: the app trusts cookies that are not up to date (found after "
                "1 delivery, confirmed 2 of 3)\nCounterexample: ") != std::string::npos);
}

TEST_CASE("Each property has words for what a counterexample says") {
  search::CheckResult result = sample::fail();
  const auto accused_of = [&](const std::string& property) {
    result.counterexamples[0].property = property;
    result.counterexamples[0].tries = 0;
    return first_line(console(result, sample::info(), kWide));
  };
  CHECK(accused_of("no-crash") ==
        "FAIL  no-crash: a fault breaks the app (found after 17 deliveries)");
  CHECK(accused_of("loop-free") ==
        "FAIL  loop-free: the app redirects without end (found after 17 deliveries)");
  CHECK(accused_of("unheard-of") == "FAIL  unheard-of: does not hold (found after 17 deliveries)");
}

TEST_CASE("Colours are there only when asked for, and only red, green, yellow and bold") {
  CHECK(console(sample::fail(), sample::info(), {}).find('\x1b') == std::string::npos);
  const Style colourful{.color = true, .width = 120};
  std::string text = console(sample::fail(), sample::info(), colourful);
  CHECK(text.starts_with("\x1b[1;31mFAIL  \x1b[0mcookie-missing: "));
  CHECK(text.find("\x1b[33m✗ missing: the Cookie header was withheld\x1b[0m ") !=
        std::string::npos);
  CHECK(text.find("\x1b[1;32m\"2 large. Shall I send it?\"\x1b[0m") != std::string::npos);
  CHECK(text.find("\x1b[1;31m\"Say order to begin.\"\x1b[0m") != std::string::npos);
  const std::string narrow = console(sample::fail(), sample::info(), {.color = true, .width = 60});
  CHECK(narrow.find("\x1b[1;32m\"2 large. Shall I send it?\"\x1b[0m") != std::string::npos);
  CHECK(narrow.find("\x1b[1;31m\"Say order to begin.\"\x1b[0m") != std::string::npos);
  for (const char* code : {"\x1b[0m", "\x1b[1m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[33m"}) {
    for (auto at = text.find(code); at != std::string::npos; at = text.find(code)) {
      text.erase(at, std::string(code).size());
    }
  }
  CHECK(text == console(sample::fail(), sample::info(), kWide));
  CHECK(console(sample::pass(), sample::info(), colourful).starts_with("\x1b[1;32mPASS  \x1b[0m"));
  search::CheckResult warned = sample::pass();
  warned.warnings = {"weak"};
  CHECK(console(warned, sample::info(), colourful).ends_with("\x1b[33mwarning: \x1b[0mweak\n"));
}

TEST_CASE("Each of Twilio's codes that is named is explained once, with what to change") {
  search::CheckResult result = sample::pass();
  result.warnings = {"12200: there is no verb <Mesage>", "12200: <Message> has no attribute \"x\"",
                     "14105: the statusCallback is no URL", "99999: no code of Twilio's",
                     "ticket 12100 is no code, it stands before no colon"};
  const std::string text = console(result, sample::info(), kWide);
  const auto count = [&](const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
      ++found;
    }
    return found;
  };
  CHECK(count("Twilio 12200: A verb, an attribute or its place is unknown") == 1);
  CHECK(count("Twilio 14105: The statusCallback is no URL. Write an absolute") == 1);
  CHECK(count("Twilio 99999") == 0);
  CHECK(count("Twilio 12100") == 0);
}

TEST_CASE("Codes of an error and of a counterexample are explained too") {
  CHECK_THAT(console(stopped(Verdict::error, "message 1 got no reply (11217: status 500)"),
                     sample::info(), kWide),
             Catch::Contains("Twilio 11217: The app answered with status 4xx or 5xx."));
  search::CheckResult failed = sample::fail();
  failed.counterexamples[0].difference.actual = "no reply (11206: a Set-Cookie is broken)";
  CHECK_THAT(console(failed, sample::info(), kWide), Catch::Contains("Twilio 11206: "));
}

TEST_CASE("What a cookie is worth is said in real times, and when it is worth nothing") {
  using std::chrono::milliseconds;
  search::CheckResult result = sample::pass();
  const run::Spread with{12, milliseconds(1), milliseconds(2), milliseconds(3)};
  const run::Spread without{10, milliseconds(7), milliseconds(8), milliseconds(9)};
  result.cookie_worth = run::CookieWorth{with, without, milliseconds(6), false};
  CHECK_THAT(console(result, sample::info(), {.width = 300}),
             Catch::Contains("Cookie's worth: it saves 6.00 ms of 8.00 ms; the median answer takes "
                             "2.00 ms (half of 12 requests between 1.00 ms and 3.00 ms) with fresh "
                             "cookies and 8.00 ms (half of 10 requests between 7.00 ms and 9.00 "
                             "ms) without"));
  result.cookie_worth->buys_nothing = true;
  CHECK_THAT(console(result, sample::info(), {.width = 300}),
             Catch::Contains("Cookie's worth: it buys no speed; "));
  result.cookie_worth.reset();
  CHECK_THAT(console(result, sample::info(), kWide), !Catch::Contains("Cookie's worth"));
}

TEST_CASE("A pass that was drawn says what it cannot know, and an exhausted one nothing of it") {
  search::CheckResult result = sample::pass();
  CHECK_THAT(console(result, sample::info(), kWide), !Catch::Contains("Not known"));
  result.bounds.exhausted = false;
  result.bounds.random = search::RandomPart{400, 6};
  Style style = kWide;
  style.width = 500;
  CHECK_THAT(
      console(result, sample::info(), style),
      Catch::Contains("\nNot known: after 400 drawn runs the next one shows something new "
                      "with a chance of about 1.5 % (6 showed what no other did); a failure "
                      "in more than 0.75 % of such runs is excluded, with 95 % confidence\n"));
}

TEST_CASE("The root of a proof is told to who wants to know more") {
  Style style = kWide;
  style.width = 500;
  const std::string root = report::proof_json(*sample::proved().proof, {})["root"];
  CHECK_THAT(console(sample::proved(), sample::info(), style), !Catch::Contains(root));
  style.verbose = true;
  CHECK_THAT(console(sample::proved(), sample::info(), style), Catch::Contains("root " + root));
}
