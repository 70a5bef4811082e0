#include <crumbproof/run/seams.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

const twilio::Url kUrl = twilio::Url::parse("http://app.test/sms");
const SeamPlace kHere{{MessageIndex(0), 0}, DeliveryNumber(3)};

/// Seams whose offers can be looked at, or taken by their number.
struct Asked {
  explicit Asked(const std::string& kinds, bool offer_void = false)
      : plan{.messages = {}, .kinds = faults::parse_list(kinds), .offer_void = offer_void} {}

  [[nodiscard]] Texts offers() {
    Texts names;
    for (const Fault& fault : choices.offers()) names.push_back(to_string(fault));
    return names;
  }

  Plan plan;
  PlannedChoices choices{{}, true};
  Executed account;
  Seams seams{plan, choices, account};
  std::vector<std::string> struck;
};

/// A kind that does nothing, wherever it is asked.
class Idle final : public faults::FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "idle"; }
  [[nodiscard]] std::string_view summary() const override { return "nothing happens"; }
  [[nodiscard]] faults::Family family() const override { return faults::Family::absence; }

  [[nodiscard]] std::vector<faults::Offer<faults::SendEffect>> at_send(
      const faults::SendSeam& /*seam*/) const override {
    return {{{}, std::nullopt}};
  }
  [[nodiscard]] std::vector<faults::Offer<faults::DeliverEffect>> at_deliver(
      const faults::DeliverSeam& /*seam*/) const override {
    return {{faults::DeliverEffect::arrive, std::nullopt}};
  }
  [[nodiscard]] std::vector<faults::Offer<faults::ReadEffect>> at_read(
      const faults::ReadSeam& seam) const override {
    faults::ReadEffect same{
        seam.store.cookies_for(seam.snapshot, seam.url, seam.triggered, twilio::Expiry::observed)};
    // The app sees names and values only.
    for (twilio::StoredCookie& cookie : same.cookies) cookie.set_by = DeliveryNumber(99);
    return {{std::move(same), std::nullopt}};
  }
  [[nodiscard]] std::vector<faults::Offer<faults::WriteEffect>> at_write(
      const faults::WriteSeam& /*seam*/) const override {
    return {{{}, std::nullopt}};
  }
};

/// A store after these Set-Cookies, one answer each.
twilio::CookieStore store(const Texts& contents) {
  twilio::CookieStore store;
  std::uint32_t delivery = 0;
  for (const std::string& content : contents) {
    store.write({{{"Set-Cookie", content}}, kUrl, Instant(), DeliveryNumber(++delivery)});
  }
  return store;
}

Texts offered_at_read(const Texts& stored, const std::string& kinds, bool offer_void = false) {
  Asked asked(kinds, offer_void);
  const twilio::CookieStore cookies = store(stored);
  asked.seams.at_read({cookies, cookies.version(), kUrl, Instant()}, false, kHere, asked.struck);
  CHECK(asked.account.offered == asked.offers().size());
  return asked.offers();
}

}  // namespace

TEST_CASE("With no cookie to send there is nothing to withhold") {
  CHECK(offered_at_read({}, "missing,outage,stale,partial").empty());
  Asked asked("missing,outage");
  const twilio::CookieStore none;
  asked.seams.at_read({none, 0, kUrl, Instant()}, false, kHere, asked.struck);
  CHECK(asked.account.voided == VoidAlternatives{.no_cookie = 2});
  CHECK(asked.account.offered == 0);
}

TEST_CASE("An old cookie that was deleted can come back, though there is none to withhold") {
  CHECK(offered_at_read({"a=1", "a=; Max-Age=0"}, "missing,outage,stale") ==
        Texts{"stale k=1 at delivery 3"});
}

TEST_CASE("The first kind in the catalogue names what several could do") {
  // Before the first version there was no cookie, so stale would be missing.
  CHECK(offered_at_read({"a=1"}, "stale,missing") == Texts{"missing at delivery 3"});
  CHECK(offered_at_read({"a=1"}, "stale") == Texts{"stale k=1 at delivery 3"});
  // Without b the cookies are those of the version before it.
  CHECK(offered_at_read({"a=1", "b=1"}, "stale,partial") ==
        Texts{"stale k=1 at delivery 3", "stale k=2 at delivery 3",
              "partial withheld=a at delivery 3"});
  CHECK(offered_at_read({"a=1", "b=1"}, "partial") ==
        Texts{"partial withheld=a at delivery 3", "partial withheld=b at delivery 3"});
}

TEST_CASE("What does the same as a simpler kind is counted as such") {
  Asked asked("missing,stale,partial");
  const twilio::CookieStore cookies = store({"a=1"});
  asked.seams.at_read({cookies, cookies.version(), kUrl, Instant()}, false, kHere, asked.struck);
  // Both would send none, as missing does.
  CHECK(asked.account.voided == VoidAlternatives{.simpler_fault = 1});
  CHECK(asked.account.offered == 1);
}

TEST_CASE("What could not be told from no fault is not offered at any seam") {
  const Idle idle;
  const twilio::CookieStore cookies = store({"a=1"});
  for (const bool offer_void : {false, true}) {
    Asked asked("missing", offer_void);
    asked.plan.kinds = {&idle};
    asked.seams.at_send({cookies, kUrl, Instant(), true, true}, kHere.place, kHere.delivery);
    asked.seams.at_deliver({true, false}, kHere, asked.struck);
    asked.seams.at_read({cookies, 1, kUrl, Instant()}, false, kHere, asked.struck);
    asked.seams.at_write({true}, kHere, asked.struck);
    CHECK(asked.offers().size() == (offer_void ? 4 : 0));
    CHECK(asked.account.offered == (offer_void ? 4 : 0));
    CHECK(asked.account.voided == VoidAlternatives{.no_difference = offer_void ? 0U : 4U});
  }
}

TEST_CASE("An outage is not the same as one missing cookie") {
  CHECK(offered_at_read({"a=1"}, "missing,outage") ==
        Texts{"missing at delivery 3", "outage at delivery 3"});
}

TEST_CASE("Faults that make no difference are offered where a recorded schedule needs its places") {
  CHECK(offered_at_read({}, "missing,outage", true) ==
        Texts{"missing at delivery 3", "outage at delivery 3"});
  CHECK(offered_at_read({"a=1"}, "missing,stale", true) ==
        Texts{"missing at delivery 3", "stale k=1 at delivery 3"});
}

TEST_CASE("In an outage no cookie is sent, and nothing is asked") {
  Asked asked("missing,stale");
  const twilio::CookieStore cookies = store({"a=1"});
  const auto effect =
      asked.seams.at_read({cookies, cookies.version(), kUrl, Instant()}, true, kHere, asked.struck);
  CHECK(effect.cookies.empty());
  CHECK(asked.offers().empty());
  CHECK(asked.account.offered == 0);
}

TEST_CASE("Without a fault a delivery carries what was stored when it was triggered") {
  Asked asked("missing");
  const twilio::CookieStore cookies = store({"a=1", "a=2", "b=3; Max-Age=5"});
  const auto carried = [&](std::size_t version, Instant triggered) {
    Texts names;
    for (const auto& cookie :
         asked.seams.at_read({cookies, version, kUrl, triggered}, false, kHere, asked.struck)
             .cookies) {
      names.push_back(cookie.name + "=" + cookie.value);
    }
    return names;
  };
  CHECK(carried(1, Instant()) == Texts{"a=1"});
  CHECK(carried(2, Instant()) == Texts{"a=2"});
  CHECK(carried(3, Instant()) == Texts{"a=2", "b=3"});
  CHECK(carried(3, at(5000)) == Texts{"a=2"});
  CHECK(asked.struck.empty());
}

TEST_CASE("Where no choice is wanted none is worked out, and cookies are as they are") {
  PlannedChoices choices({});
  Executed account;
  const Plan plan{.messages = {}, .kinds = faults::catalogue()};
  Seams seams(plan, choices, account);
  std::vector<std::string> struck;
  const twilio::CookieStore cookies = store({"a=1"});
  CHECK(seams.at_read({cookies, 1, kUrl, Instant()}, false, kHere, struck).cookies.size() == 1);
  CHECK_FALSE(
      seams.at_send({cookies, kUrl, Instant(), true, 1}, kHere.place, kHere.delivery).overtaken_by);
  CHECK(seams.at_deliver({true, false}, kHere, struck) == faults::DeliverEffect::arrive);
  CHECK_FALSE(seams.at_write({true}, kHere, struck).lost);
  CHECK(account.offered == 0);
  CHECK(account.voided == VoidAlternatives{});
}

TEST_CASE("At the other seams each kind is offered once, in the order of the catalogue") {
  const std::string all =
      "reorder,drop,lost-response,duplicate,expire,late-write,lost-write,partial,stale,outage";
  const twilio::CookieStore cookies = store({"a=1; Max-Age=5"});
  Asked send(all);
  send.seams.at_send({cookies, kUrl, Instant(), true, true}, kHere.place, DeliveryNumber(3));
  CHECK(send.offers() == Texts{"expire seconds=5 at delivery 3", "reorder at delivery 4"});
  Asked deliver(all);
  deliver.seams.at_deliver({true, false}, kHere, deliver.struck);
  CHECK(deliver.offers() ==
        Texts{"duplicate at delivery 3", "lost-response at delivery 3", "drop at delivery 3"});
  Asked write(all);
  write.seams.at_write({true}, kHere, write.struck);
  CHECK(write.offers() == Texts{"lost-write at delivery 3", "late-write d=1 at delivery 3",
                                "late-write d=2 at delivery 3", "late-write d=3 at delivery 3"});
}

TEST_CASE("The chosen alternative strikes, and is kept with its seam and place") {
  const std::vector<Fault> wanted{fault("late-write", 3, Parameter{"d", std::int64_t{2}})};
  PlannedChoices choices(wanted);
  Executed account;
  const Plan plan{.messages = {}, .kinds = faults::catalogue()};
  Seams seams(plan, choices, account);
  std::vector<std::string> struck;
  const auto effect = seams.at_write({true}, kHere, struck);
  CHECK_FALSE(effect.lost);
  CHECK(effect.triggers_late == 2);
  CHECK(struck == Texts{"late-write"});
  REQUIRE(account.faults.size() == 1);
  CHECK(account.faults[0].seam == Seam::write);
  CHECK(account.faults[0].place == kHere.place);
  CHECK(account.faults[0].fault == wanted[0]);
  // They were counted when the schedule without this fault was run.
  CHECK(account.offered == 0);
}

TEST_CASE("What comes up before a plan's last fault is not counted as void once more") {
  const Idle idle;
  const std::vector<Fault> wanted{fault("idle", 3)};
  PlannedChoices choices(wanted);
  Executed account;
  const Plan plan{.messages = {}, .kinds = {&idle}};
  Seams seams(plan, choices, account);
  std::vector<std::string> struck;
  CHECK_FALSE(seams.at_write({true}, kHere, struck).lost);
  CHECK_FALSE(choices.fits());
  CHECK(account.voided == VoidAlternatives{});
}

TEST_CASE("An answer that changes nothing in the store cannot be lost; it can come too late") {
  Stage stage;
  PlannedChoices choices({}, true);
  const auto messages = say({"a=; Max-Age=0", "-"});
  const Executed executed =
      stage.runner.run_on_app({messages, faults::parse_list("lost-write,late-write")}, choices);
  CHECK(choices.offers() == std::vector{fault("late-write", 1, Parameter{"d", 1}),
                                        fault("late-write", 1, Parameter{"d", 2}),
                                        fault("late-write", 1, Parameter{"d", 3})});
  CHECK(executed.offered == 3);
}

TEST_CASE("Time is offered to pass only while nothing else is on its way") {
  const auto offers = [](Duration gap) {
    Stage stage;
    PlannedChoices choices({}, true);
    const auto messages = say({"a=1", "-"}, Duration(1000));
    const std::vector<Message> three{
        messages[0], messages[1], {PairIndex(0), "-", messages[1].at + gap}};
    stage.runner.run_on_app({three, faults::parse_list("expire")}, choices);
    return choices.offers().size();
  };
  CHECK(offers(Duration(101)) == 2);
  CHECK(offers(Duration(99)) == 1);  // the second message is still under way
}
