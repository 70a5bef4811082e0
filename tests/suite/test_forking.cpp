#include <crumbproof/suite/check.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof {

namespace {

/// A shop that remembers by a session, whose id is another one each time; by the sender's number if
/// it is sound, and else not at all.
struct Shop {
  bool sound = false;
  std::map<std::string, std::vector<std::string>> sessions;
  std::map<std::string, std::string> session_of;  ///< a sender
};

class Ids {
 public:
  std::string next() { return "s" + std::to_string(++last_); }

 private:
  int last_ = 0;
};

auto answers_with(const std::shared_ptr<Ids>& ids) {
  return [ids](Shop& shop, const Request& request) {
    const std::string from(request.parameter("From"));
    std::string sid(request.cookie("sid").value_or(""));
    if (!shop.sessions.contains(sid)) sid = shop.sound ? shop.session_of[from] : "";
    if (sid.empty()) sid = ids->next();
    shop.session_of[from] = sid;
    std::vector<std::string>& said = shop.sessions[sid];
    said.emplace_back(request.parameter("Body"));
    std::string text;
    for (const std::string& item : said) text += item + ' ';
    return Response::twiml("<Response><Message>" + text + "</Message></Response>")
        .set_cookie("sid=" + sid);
  };
}

/// The same app, made anew for each execution.
App not_forked(Shop first) {
  return App::made_by([first = std::move(first), ids = std::make_shared<Ids>()] {
    return [shop = first, answer = answers_with(ids)](const Request& request) mutable {
      return answer(shop, request);
    };
  });
}

App forked(Shop first) {
  return App::with_state(std::move(first), answers_with(std::make_shared<Ids>()));
}

Scenario conversation() { return Scenario{}.say({"ham", "eggs", "tea", "jam"}).keep_going(); }

}  // namespace

TEST_CASE("a fork finds what a new execution finds, with fewer requests") {
  const bool sound = GENERATE(true, false);
  const Report whole = check(not_forked({sound, {}, {}}), conversation());
  const Report fork = check(forked({sound, {}, {}}), conversation());
  CHECK(whole.passed() == sound);
  CHECK(fork.result.verdict == whole.result.verdict);
  CHECK(fork.result.trace_hash == whole.result.trace_hash);
  CHECK(fork.result.bounds.executed == whole.result.bounds.executed);
  CHECK(fork.result.warnings == whole.result.warnings);
  REQUIRE(fork.result.counterexamples.size() == whole.result.counterexamples.size());
  for (std::size_t i = 0; i < fork.result.counterexamples.size(); ++i) {
    CHECK(fork.result.counterexamples[i].schedule == whole.result.counterexamples[i].schedule);
    CHECK(fork.result.counterexamples[i].actual == whole.result.counterexamples[i].actual);
    CHECK(fork.result.counterexamples[i].expected == whole.result.counterexamples[i].expected);
  }
  CHECK(fork.result.stats.deliveries < whole.result.stats.deliveries);
}

TEST_CASE("an app that keeps something beside its state varies, and is not accused") {
  struct Nothing {};
  int calls = 0;
  const App app = App::with_state(Nothing(), [&calls](Nothing&, const Request&) {
    return Response::twiml("<Response><Message>call " + std::to_string(++calls) +
                           "</Message></Response>");
  });
  const Report report = check(app, Scenario{}.say({"a", "b"}));
  INFO(report.text);
  CHECK(report.result.verdict != search::Verdict::fail);
}

}  // namespace crumbproof
