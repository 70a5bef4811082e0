#include "registry.hpp"

namespace crumbproof::zoo {

namespace {

constexpr const char* kAuthority = "cookie-authority";
constexpr const char* kSignature = "signature";
constexpr const char* kTransport = "cookie-transport";
constexpr const char* kDuplicates = "duplicate-safe";
constexpr const char* kRace = "race";

const std::vector<std::string> kCount{"order", "status"};
const std::vector<std::string> kPlan{"plan", "plan"};
const std::vector<std::string> kHours{"hours", "hi"};

Entry sound_for(const char* properties, const char* name, HandlerFactory app,
                const std::vector<std::string>& say) {
  return {.name = name,
          .shape = std::string("sound for ") + properties,
          .app = std::move(app),
          .say = say,
          .properties = properties};
}

/// Over the public https URL; only the faults that the property needs.
Entry over_https(Entry entry) {
  entry.url = "https://app.test/sms";
  entry.faults = "";
  return entry;
}

}  // namespace

Entries attacked() {
  Entries entries{
      // A stranger has said "order" before, and only "yes" tells the two sessions apart.
      {.name = "follows_any_session",
       .shape = "a session that anyone who knows its id can take",
       .app = follows_any_session(),
       .say = kPizza,
       .expected = R"(cookie-authority: "order", "order" (pair 1), "2 large" (pair 1), "yes" )"
                   R"((pair 1); foreign cookies=sid at delivery 4)",
       .properties = kAuthority},
      {.name = "follows_any_session",
       .shape = "likewise over http, where who listens has every id",
       .app = follows_any_session(),
       .say = kPizza,
       .expected = R"(cookie-transport: "order", "order" (pair 1), "2 large" (pair 1), "yes" )"
                   R"((pair 1); foreign cookies=sid at delivery 4)",
       .properties = kTransport,
       .faults = ""},
      over_https({.name = "follows_any_session",
                  .shape = "likewise over https, once a request comes over http",
                  .app = follows_any_session(),
                  .say = kPizza,
                  .expected =
                      R"(cookie-transport: "order", "order" (pair 1), "2 large" (pair 1), "yes" )"
                      R"((pair 1); plain-http at delivery 4, foreign cookies=sid at delivery 4)",
                  .properties = kTransport}),
      {.name = "keeps_in_session",
       .shape = "a forged id is as good as none, which is not good enough",
       .app = keeps_in_session(),
       .say = kPizza,
       .expected = R"(cookie-authority: "order", "2 large"; forged cut=sid at delivery 2)",
       .properties = kAuthority},
      {.name = "greets_by_unsigned_name",
       .shape = "content that is believed without a signature",
       .app = greets_by_unsigned_name(),
       .say = kPlan,
       .expected = R"(cookie-authority: "plan", "plan"; forged cut=plan at delivery 2)",
       .properties = kAuthority},
      {.name = "remembers_who_logged_out",
       .shape = "a cookie that is believed after its deletion",
       .app = remembers_who_logged_out(),
       .say = {"login", "logout", "secret"},
       .expected =
           R"(cookie-authority: "login", "logout", "secret"; forged revive=user at delivery 3)",
       .properties = kAuthority},
      {.name = "caches_with_version",
       .shape = "a copy that is believed without a signature",
       .app = caches_with_version(),
       .say = kPizza,
       .expected = R"(cookie-authority: "order", "2 large"; forged cut=copy at delivery 2)",
       .properties = kAuthority},
      {.name = "keeps_by_pair",
       .shape = "no signature is checked",
       .app = keeps_by_pair(),
       .say = kPizza,
       .expected = R"(signature: "order"; unsigned signature=none at delivery 1)",
       .properties = kSignature},
      {.name = "checks_signatures_that_are_there",
       .shape = "who sends no signature is let in",
       .app = checks_signatures_that_are_there(),
       .say = kPizza,
       .expected = R"(signature: "order"; unsigned signature=none at delivery 1)",
       .properties = kSignature},
      {.name = "counts_before_it_refuses",
       .shape = "a refusal that has an effect",
       .app = counts_before_it_refuses(),
       .say = kCount,
       .expected = R"(signature: "order", "status"; unsigned signature=none at delivery 1)",
       .properties = kSignature},
      {.name = "refuses_who_has_no_cookie",
       .shape = "a right signature is refused without the cookie",
       .app = refuses_who_has_no_cookie(),
       .say = kPizza,
       .expected = R"(signature: "order", "2 large"; missing at delivery 2)",
       .properties = kSignature},
      over_https(sound_for(kTransport, "follows_any_session_on_https",
                           follows_any_session_on_https(), kPizza)),
      over_https(sound_for(kTransport, "checks_its_session", checks_its_session(), kPizza)),
      sound_for(kAuthority, "checks_its_session", checks_its_session(), kPizza),
      sound_for(kAuthority, "greets_by_signed_name", greets_by_signed_name(), kPlan),
      sound_for(kAuthority, "keeps_by_pair", keeps_by_pair(), kPizza),
      sound_for(kAuthority, "echoes_numbers", echoes_numbers(), kPizza),
      sound_for(kAuthority, "numbers_its_tickets", numbers_its_tickets(), kPizza),
      sound_for(kAuthority, "rolls_its_session", rolls_its_session(), kPizza),
      sound_for(kSignature, "checks_signatures", checks_signatures(), kPizza),
  };
  return entries;
}

Entries promised() {
  return {
      {.name = "counts_orders",
       .shape = "an order that is taken as often as it comes",
       .app = counts_orders(),
       .say = kCount,
       .expected = R"(duplicate-safe: "order", "status"; duplicate at delivery 1)",
       .properties = kDuplicates},
      {.name = "counts_each_sid_once",
       .shape = "a carrier's repeat has another SID",
       .app = counts_each_sid_once(),
       .say = kCount,
       .expected = R"(duplicate-safe: "order", "status"; repeat at delivery 1)",
       .properties = kDuplicates,
       .faults = "repeat"},
      {.name = "keeps_by_pair",
       .shape = "a dialogue depends on the order, which is no promise to break",
       .app = keeps_by_pair(),
       .say = kPizza,
       .expected = R"(order: "order", "2 large"; reorder at delivery 2)",
       .properties = "order"},
      {.name = "keeps_in_session",
       .shape = "the second message is there before the cookie",
       .app = keeps_in_session(),
       .say = kPizza,
       .expected = R"(race: "order", "2 large"; late-write d=1 at delivery 1)",
       .properties = kRace},
      {.name = "trusts_old_copy",
       .shape = "the third message is there before the second cookie",
       .app = trusts_old_copy(),
       .say = kPizza,
       .expected = R"(race: "order", "2 large", "yes"; late-write d=1 at delivery 2)",
       .properties = kRace},
      sound_for(kDuplicates, "counts_each_sid_once", counts_each_sid_once(), kCount),
      sound_for(kDuplicates, "answers_by_keyword", answers_by_keyword(), kHours),
      sound_for(kDuplicates, "numbers_its_tickets", numbers_its_tickets(), kPizza),
      sound_for("order", "answers_by_keyword", answers_by_keyword(), kHours),
      sound_for(kRace, "caches_with_version", caches_with_version(), kPizza),
      sound_for(kRace, "rolls_its_session", rolls_its_session(), kPizza),
  };
}

}  // namespace crumbproof::zoo
