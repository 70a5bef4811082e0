#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/phone/side.hpp>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::phone;

namespace {

std::vector<Message> texts(std::initializer_list<std::string> bodies) {
  std::vector<Message> messages;
  for (const std::string& body : bodies) {
    const std::chrono::seconds at(10 * messages.size());
    messages.push_back({PairIndex(), body, Instant(at)});
  }
  return messages;
}

/// A conversation, and what it is run with.
struct SideStage {
  run::Executed run(const std::vector<Message>& messages) {
    run::SameDeliveries none({});
    return side.run({messages, faults::catalogue()}, none);
  }

  Stage stage;
  twilio::Identities identities{"side"};
  run::Unused unused;
  Side side{{stage.settings, identities, unused}, stage.own};
};

}  // namespace

TEST_CASE("A conversation that grows is the one that a single run has") {
  SideStage grown;
  grown.run(texts({"a"}));
  const run::Executed in_steps = grown.run(texts({"a", "b", "c"}));
  SideStage whole;
  CHECK(in_steps.trace == whole.run(texts({"a", "b", "c"})).trace);
  CHECK(grown.stage.app.requests.size() == 3);
}

TEST_CASE("What does not begin as the conversation did is refused, and not sent") {
  SideStage stage;
  stage.run(texts({"a", "b"}));
  CHECK_THROWS_AS(stage.run(texts({"a", "other"})), NotRepeated);
  CHECK_THROWS_WITH(stage.run(texts({"a"})), Catch::Contains("did not repeat"));
  CHECK(stage.stage.app.requests.size() == 2);
}
