#include <crumbproof/search/recheck.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "../effort.hpp"
#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

Proof proof_of(target::HandlerFactory app) {
  CheckResult result = check_app(std::move(app));
  REQUIRE(result.proof);
  return std::move(*result.proof);
}

Recheck recheck_on(target::HandlerFactory app, const Proof& proof,
                   const RecheckSettings& settings = {}) {
  target::HandlerTarget target(std::move(app));
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("another"));
  return recheck(proof, runner, settings);
}

/// The app, but for that reply.
target::HandlerFactory rewording(target::HandlerFactory app, std::string from, std::string to) {
  return [app = std::move(app), from = std::move(from), to = std::move(to)]() -> target::Handler {
    return [handler = app(), from, to](const twilio::Request& request) {
      twilio::Response response = handler(request);
      if (const auto at = response.body.find(from); at != std::string::npos) {
        response.body.replace(at, from.size(), to);
      }
      return response;
    };
  };
}

}  // namespace

TEST_CASE("A sample is drawn by its seed, each leaf once, all if there are not more") {
  const auto drawn = drawn_leaves(100, 20, 1);
  CHECK(drawn.size() == 20);
  CHECK(std::ranges::is_sorted(drawn));
  CHECK(std::set(drawn.begin(), drawn.end()).size() == 20);
  CHECK(drawn.back() < 100);
  CHECK(drawn_leaves(100, 20, 1) == drawn);
  CHECK(drawn_leaves(100, 20, 2) != drawn);
  CHECK(drawn_leaves(3, 20, 1) == std::vector<std::size_t>{0, 1, 2});
  CHECK(drawn_leaves(0, 20, 1).empty());
}

TEST_CASE("A sound app answers every schedule again as recorded, also those that needed no app") {
  const auto app = GENERATE(values<target::HandlerFactory (*)()>(
      {zoo::keeps_by_pair, zoo::caches_with_version, zoo::reloads_by_redirect, zoo::echoes_numbers,
       zoo::rolls_its_session}));
  const Proof proof = proof_of(app());
  RecheckSettings settings;
  settings.sample = proof.ledger.size() / effort::times(1, 4);
  const Recheck again = recheck_on(app(), proof, settings);
  CHECK(again.sampled == settings.sample);
  CHECK(again.alike == settings.sample);
  CHECK(again.differences.empty());
}

TEST_CASE("An app that depends on cookies by now is found out, with what it breaks and where") {
  const Proof proof = proof_of(zoo::caches_with_version());
  RecheckSettings settings;
  settings.sample = proof.ledger.size();
  const Recheck again = recheck_on(zoo::keeps_in_cookie(), proof, settings);
  REQUIRE_FALSE(again.differences.empty());
  // First, though other leaves that differ come before.
  CHECK_THAT(again.differences.front(),
             Catch::StartsWith("leaf ") && Catch::Contains("it breaks cookie-missing now: "));
  CHECK_THAT(again.differences.back(), !Catch::Contains("it breaks"));
}

TEST_CASE("An app that answers otherwise than recorded is told, though it is sound") {
  const Proof proof = proof_of(zoo::keeps_by_pair());
  const Recheck again =
      recheck_on(rewording(zoo::keeps_by_pair(), "What size", "Which size"), proof);
  CHECK(again.sampled == 20);
  // Not where all that asks for a size was lost on its way.
  REQUIRE(again.differences.size() > 10);
  CHECK(again.differences.size() + again.alike == 20);
  CHECK_THAT(again.differences.front(),
             Catch::StartsWith("leaf ") &&
                 Catch::Contains("it and its twin are answered otherwise than recorded (trace ") &&
                 Catch::EndsWith("though every property holds of it"));
}

TEST_CASE("Where words were ignored or masked, other words are no difference; a dependency is") {
  const Proof proof = proof_of(zoo::keeps_by_pair());
  RecheckSettings settings;
  settings.replies_vary = true;
  const Recheck again =
      recheck_on(rewording(zoo::keeps_by_pair(), "What size", "Which size"), proof, settings);
  CHECK(again.differences.empty());
  CHECK(again.judged_again > 10);
  CHECK(again.judged_again + again.alike == 20);
  settings.sample = proof.ledger.size();
  CHECK_FALSE(recheck_on(zoo::keeps_in_session(), proof, settings).differences.empty());
}

TEST_CASE("An app that was moved is compared as if it were where it was") {
  const Proof proof = proof_of(zoo::reloads_by_redirect());
  run::SenderSettings sending = sender();
  sending.webhook = twilio::Url::parse("http://127.0.0.1:8080/sms");
  const auto differences = [&](const Origins& origins) {
    target::HandlerTarget target(zoo::reloads_by_redirect());
    run::Runner runner(sending, target, twilio::Identities("another"));
    RecheckSettings settings;
    settings.origins = origins;
    return recheck(proof, runner, settings).differences.size();
  };
  CHECK(differences({"http://127.0.0.1", "http://127.0.0.1:8080"}) == 0);
  CHECK(differences({}) == 20);
  CHECK(differences({"http://127.0.0.1", "http://127.0.0.1:808"}) == 20);
}

TEST_CASE("Where an app is now is found wherever it says it, and not where it says another place") {
  const auto app = [](const std::string& origin, const std::string& other) {
    const twilio::Response said = twilio::Response::twiml(
        "<Response><Message><Body>" + origin + "? Not " + other + " but " + origin +
        "</Body><Media>" + origin + "/menu.png</Media></Message></Response>");
    return target::HandlerFactory([=]() -> target::Handler {
      return [=](const twilio::Request& request) {
        return request.method == "GET" ? twilio::Response{200, {}, "served by " + origin} : said;
      };
    });
  };
  run::SenderSettings sending = sender();
  sending.probe = "http://127.0.0.1/state";
  CheckSettings searched = pizza();
  searched.max_faults = 1;
  const auto differences = [&](const std::string& before, const std::string& other,
                               const Origins& origins) {
    const CheckResult then = check_app(app("http://127.0.0.1:1", before), searched, sending);
    REQUIRE(then.proof);
    target::HandlerTarget target(app("http://127.0.0.1:2", other));
    run::Runner runner(sending, target, twilio::Identities("another"));
    RecheckSettings settings;
    settings.sample = 5;
    settings.origins = origins;
    return recheck(*then.proof, runner, settings).differences.size();
  };
  const Origins moved{"http://127.0.0.1:1", "http://127.0.0.1:2"};
  CHECK(differences("http://10.0.0.1", "http://10.0.0.1", moved) == 0);
  CHECK(differences("http://10.0.0.1", "http://10.0.0.1", {}) == 5);
  // Port 20 is not port 2, and stands as it is.
  CHECK(differences("http://127.0.0.1:10", "http://127.0.0.1:20", moved) == 5);
}

TEST_CASE("Whether the schedule or its twin is answered otherwise is told") {
  // A comment in the document that the sender does not see.
  const auto remarks = [](bool on_cookie) -> target::HandlerFactory {
    return [=]() -> target::Handler {
      return [handler = zoo::caches_with_version()(), on_cookie](const twilio::Request& request) {
        twilio::Response response = handler(request);
        const bool has_cookie = twilio::find_header(request.headers, "Cookie").has_value();
        if (request.parameter("Body") != "order" && has_cookie == on_cookie) {
          response.body.insert(response.body.rfind("</Response>"), "<!-- by the way -->");
        }
        return response;
      };
    };
  };
  const Proof proof = proof_of(zoo::caches_with_version());
  RecheckSettings settings;
  settings.sample = proof.ledger.size();
  const auto says = [](const Recheck& again, const std::string& what) {
    return std::ranges::any_of(again.differences, [&](const std::string& text) {
      return text.find(": " + what + " answered otherwise than recorded") != std::string::npos;
    });
  };
  const Recheck faulted = recheck_on(remarks(false), proof, settings);
  CHECK(says(faulted, "it is"));
  CHECK_FALSE(says(faulted, "its twin is"));
  const Recheck twin = recheck_on(remarks(true), proof, settings);
  CHECK(says(twin, "its twin is"));
}

TEST_CASE("A sound app is answered as recorded too where it is held against the messages alone") {
  CheckSettings searched = pizza();
  searched.kinds = faults::catalogue();
  searched.properties.push_back(&properties::duplicate_safe());
  searched.max_faults = 1;
  const CheckResult result = check_app(zoo::answers_by_keyword(), searched);
  REQUIRE(result.proof);
  RecheckSettings settings;
  settings.sample = result.proof->ledger.size();
  const Recheck again = recheck_on(zoo::answers_by_keyword(), *result.proof, settings);
  CHECK(again.alike == result.proof->ledger.size());
}

TEST_CASE("An app that varies by itself is judged again where it cannot be compared") {
  const Proof proof = proof_of(zoo::numbers_its_tickets());
  const Recheck again = recheck_on(zoo::numbers_its_tickets(), proof);
  CHECK(again.differences.empty());
  CHECK(again.alike + again.judged_again == again.sampled);
  CHECK(again.judged_again > 0);
}

TEST_CASE("A schedule whose fault finds no place any more is told") {
  const Proof proof = proof_of(zoo::caches_with_version());
  RecheckSettings settings;
  settings.sample = proof.ledger.size();
  const Recheck again = recheck_on(zoo::keeps_by_pair(), proof, settings);
  CHECK(std::ranges::any_of(again.differences, [](const std::string& text) {
    return text.find("a fault of it finds no place any more") != std::string::npos;
  }));
}

TEST_CASE("An app in which nothing can be told leaves it open") {
  const Proof proof = proof_of(zoo::keeps_by_pair());
  const Recheck again = recheck_on(zoo::forgets_at_random(3), proof);
  CHECK(again.unstable);
}
