#include <crumbproof/run/workers.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// Opens when so many have come to it.
class Gate {
 public:
  explicit Gate(int awaited) : awaited_(awaited) {}

  void pass() {
    std::unique_lock lock(mutex_);
    if (--awaited_ <= 0) opened_.notify_all();
    opened_.wait(lock, [&] { return awaited_ <= 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  int awaited_;
};

/// All that several targets have in common.
struct CountedApp {
  std::vector<std::unique_ptr<target::Target>> targets(std::size_t count) {
    std::vector<std::unique_ptr<target::Target>> targets;
    for (std::size_t n = 0; n < count; ++n) {
      targets.push_back(std::make_unique<FunctionTarget>([this](const Request& request) {
        {
          const std::lock_guard lock(mutex);
          senders.insert(std::string(request.parameter("From")));
          ++requests;
        }
        return function(request);
      }));
    }
    return targets;
  }

  int requests_so_far() {
    const std::lock_guard lock(mutex);
    return requests;
  }

  FunctionTarget::Function function = mirror;
  std::mutex mutex;
  std::multiset<std::string> senders;
  int requests = 0;
};

struct Crew {
  explicit Crew(CountedApp& app, std::size_t count)
      : workers({settings, twilio::Identities("crew"), unused, {}, nullptr}, app.targets(count)) {}

  /// An order of those words without a fault.
  Order order(const std::vector<Message>& messages, std::uint64_t id) {
    Order order;
    order.id = id;
    order.messages = messages;
    order.plan.kinds = faults::catalogue();
    return order;
  }

  SenderSettings settings = sender();
  Unused unused;
  Workers workers;
};

std::vector<std::string> texts(const Transcript& transcript) {
  std::vector<std::string> texts;
  for (const Transcript::Entry& entry : transcript.entries) {
    texts.push_back(entry.seen->messages.front().body);
  }
  return texts;
}

}  // namespace

TEST_CASE("A worker writes down what the app answers") {
  CountedApp app;
  Crew crew(app, 1);
  const auto messages = say({"a=1", "b=2"});
  PlannedChoices choices({});
  const Transcript transcript = crew.workers.run({messages, faults::catalogue()}, choices);
  CHECK(texts(transcript) == Texts{"none", "a=1"});
  CHECK(transcript.deliveries == 2);
  CHECK_FALSE(transcript.busy);
  CHECK(transcript.entries[0].whole);
  CHECK(transcript.entries[0].seen->cookies.fields() ==
        std::vector<twilio::Field>{{"Set-Cookie", "a=1"}});
}

TEST_CASE("What is ordered is run by several workers at once, each with a pair of its own") {
  CountedApp app;
  Gate gate(3);
  app.function = [&](const Request& request) {
    gate.pass();
    return mirror(request);
  };
  Crew crew(app, 3);
  for (std::uint64_t id = 1; id <= 3; ++id) {
    REQUIRE(crew.workers.order(crew.order(say({"a=" + std::to_string(id)}), id)));
    CHECK(crew.workers.has(id));
  }
  for (std::uint64_t id = 1; id <= 3; ++id) {
    const auto transcript = crew.workers.take(id);
    REQUIRE(transcript);
    CHECK(transcript->entries.front().seen->cookies.fields().front().value ==
          "a=" + std::to_string(id));
    CHECK_FALSE(crew.workers.has(id));
  }
  CHECK(app.senders.size() == 3);
  CHECK(std::set<std::string>(app.senders.begin(), app.senders.end()).size() == 3);
}

TEST_CASE("More orders than are of use are not taken") {
  CountedApp app;
  Gate gate(2);
  app.function = [&](const Request& request) {
    gate.pass();
    return mirror(request);
  };
  Crew crew(app, 1);
  std::uint64_t id = 0;
  while (crew.workers.order(crew.order(say({"a=1"}), ++id))) REQUIRE(id < 100);
  CHECK(id > 1);
  CHECK_FALSE(crew.workers.has(id));
  CHECK(crew.workers.look_at(id) == nullptr);
  CHECK_FALSE(crew.workers.take(id));
  gate.pass();
}

TEST_CASE("What is dropped is not run, or comes to nothing") {
  CountedApp app;
  Gate began(2);
  Gate goes_on(2);
  app.function = [&](const Request& request) {
    if (request.parameter("Body") == "a=1") {
      began.pass();
      goes_on.pass();
    }
    return mirror(request);
  };
  Crew crew(app, 1);
  REQUIRE(crew.workers.order(crew.order(say({"a=1"}), 1)));
  REQUIRE(crew.workers.order(crew.order(say({"b=2"}), 2)));
  REQUIRE(crew.workers.order(crew.order(say({"c=3"}), 3)));
  began.pass();
  crew.workers.drop(1);
  crew.workers.drop(2);
  CHECK_FALSE(crew.workers.has(1));
  CHECK_FALSE(crew.workers.take(2));
  goes_on.pass();
  CHECK(crew.workers.take(3));
  CHECK(app.requests == 2);
}

TEST_CASE("An app that fails an order is asked again by whoever needs it, who hears why") {
  CountedApp app;
  app.function = [](const Request&) {
    Exchange exchange;
    exchange.ending = target::Ending::unreachable;
    exchange.detail = "connection refused";
    return exchange;
  };
  Crew crew(app, 2);
  REQUIRE(crew.workers.order(crew.order(say({"a=1"}), 1)));
  CHECK_FALSE(crew.workers.take(1));
  const auto messages = say({"a=1"});
  PlannedChoices choices({});
  CHECK_THROWS_WITH(crew.workers.run({messages, faults::catalogue()}, choices),
                    "connection refused");
}

TEST_CASE("An app that was there and is gone has a moment to come back") {
  CountedApp app;
  int gone_for = 0;
  app.function = [&](const Request& request) {
    if (request.parameter("Body") != "b=2" || gone_for-- <= 0) return mirror(request);
    Exchange exchange;
    exchange.ending = target::Ending::unreachable;
    return exchange;
  };
  Crew crew(app, 1);
  const auto messages = say({"a=1", "b=2"});
  PlannedChoices choices({});
  crew.workers.run({messages, faults::catalogue()}, choices);
  gone_for = 4;  // each execution tries twice, as Twilio does
  const Transcript transcript = crew.workers.run({messages, faults::catalogue()}, choices);
  CHECK(texts(transcript) == Texts{"none", "a=1"});
  CHECK(crew.workers.take_notices().size() == 1);
}

TEST_CASE("An execution that was too much for the app is run anew, and what was answered is gone") {
  CountedApp app;
  int refusals = 2;
  app.function = [&](const Request& request) {
    if (request.parameter("Body") == "b=2" && refusals-- > 0) {
      return answered({429, {{"Retry-After", "0"}}, ""});
    }
    return mirror(request);
  };
  Crew crew(app, 1);
  const auto messages = say({"a=1", "b=2"});
  PlannedChoices choices({});
  const Transcript transcript = crew.workers.run({messages, faults::catalogue()}, choices);
  CHECK(texts(transcript) == Texts{"none", "a=1"});
  CHECK(transcript.deliveries == 2);
  CHECK(app.senders.size() == 6);
  CHECK(std::set<std::string>(app.senders.begin(), app.senders.end()).size() == 3);
  CHECK(crew.workers.take_notices().empty());
}

TEST_CASE("An app that refuses one execution alone for good is taken at its word") {
  const int status = GENERATE(429, 503);
  CountedApp app;
  app.function = [&](const Request&) { return answered({status, {{"Retry-After", "0"}}, ""}); };
  Crew crew(app, 1);
  const auto messages = say({"a=1"});
  PlannedChoices choices({});
  const Transcript transcript = crew.workers.run({messages, faults::catalogue()}, choices);
  CHECK(transcript.busy);
  CHECK(transcript.entries.front().seen->answer.status == status);
  CHECK(app.requests == BackOff::kAlone);
  CHECK(crew.workers.take_notices().size() == 1);
  CHECK(crew.workers.take_notices().empty());
}

TEST_CASE("Who does not want to wait until the app may be asked again need not") {
  CountedApp app;
  app.function = [](const Request&) { return answered({429, {{"Retry-After", "5"}}, ""}); };
  Crew crew(app, 1);
  std::atomic<bool> stop = false;
  crew.workers.stop_when([&] { return stop || app.requests_so_far() > 0; });
  const auto messages = say({"a=1"});
  PlannedChoices choices({});
  CHECK_THROWS_AS(crew.workers.run({messages, faults::catalogue()}, choices), Stopped);
  REQUIRE(crew.workers.order(crew.order(messages, 1)));
  stop = true;
  CHECK_THROWS_AS(crew.workers.take(1), Stopped);
  CHECK_FALSE(crew.workers.has(1));
  CHECK(app.requests == 1);
}

TEST_CASE("A 503 without Retry-After is an answer like any other") {
  CountedApp app;
  app.function = [](const Request&) { return answered({503, {}, ""}); };
  Crew crew(app, 1);
  const auto messages = say({"a=1"});
  PlannedChoices choices({});
  CHECK_FALSE(crew.workers.run({messages, faults::catalogue()}, choices).busy);
  CHECK(app.requests == 1);
}

TEST_CASE("Another plan, and other choices, are another execution") {
  const auto messages = say({"a=1"});
  const auto other = say({"a=2"});
  const std::vector<Fault> faults{fault("missing", 1)};
  const Plan plan{messages, faults::catalogue()};
  const PlannedChoices none({});
  const std::uint64_t id = identity_of(plan, none);
  CHECK(identity_of(plan, none) == id);
  CHECK(identity_of(plan, PlannedChoices(faults)) != id);
  CHECK(identity_of({other, faults::catalogue()}, none) != id);
  CHECK(identity_of({messages, {}}, none) != id);
  CHECK(identity_of({messages, faults::catalogue(), Cookies::perfect}, none) != id);
  Plan longer = plan;
  longer.pauses[MessageIndex(0)] = kMinute;
  CHECK(identity_of(longer, none) != id);
  Plan another = plan;
  another.execution = 2;
  CHECK(identity_of(another, none) != id);
}

TEST_CASE("A target that fails by itself is not asked again, and says why") {
  CountedApp app;
  app.function = [](const Request& request) {
    if (request.parameter("Body") == "b=2") throw std::runtime_error("out of sockets");
    return mirror(request);
  };
  Crew crew(app, 1);
  PlannedChoices choices({});
  const auto sound = say({"a=1"});
  crew.workers.run({sound, faults::catalogue()}, choices);
  const auto messages = say({"b=2"});
  CHECK_THROWS_WITH(crew.workers.run({messages, faults::catalogue()}, choices), "out of sockets");
  CHECK(app.requests == 2);
}
