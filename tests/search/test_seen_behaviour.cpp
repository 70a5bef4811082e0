#include <crumbproof/search/seen_behaviour.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

using Whose = SeenBehaviour::Whose;

/// What was said, what struck there, and the reply.
struct Step {
  std::string said;
  std::string fault;
  std::string reply;
};

class Seen {
 public:
  Seen& conversation(const std::vector<Step>& steps, Whose whose = Whose::twin) {
    run::Executed executed;
    std::vector<Message> messages;
    for (const Step& step : steps) {
      const auto index = static_cast<std::uint32_t>(messages.size());
      messages.push_back({PairIndex(0), step.said, Instant{}});
      Delivery delivery;
      delivery.number = DeliveryNumber(index + 1);
      delivery.message = MessageIndex(index);
      if (!step.fault.empty()) delivery.faults = {step.fault};
      executed.trace.deliveries.push_back(delivery);
      Outcome outcome;
      outcome.message = MessageIndex(index);
      outcome.last = delivery.number;
      outcome.status_class = 2;
      outcome.messages.push_back({"", "", step.reply, {}});
      executed.trace.outcomes.push_back(outcome);
    }
    behaviour_.add(executed, messages, whose);
    return *this;
  }

  [[nodiscard]] BehaviourMachine fold(const std::vector<std::string>& ignore = {}) const {
    return behaviour_.fold(properties::Masks(ignore));
  }

 private:
  SeenBehaviour behaviour_;
};

/// `0 order > 1 size?` for each edge, in order; a mark before those that faults have opened.
std::vector<std::string> edges(const BehaviourMachine& machine) {
  std::vector<std::string> lines;
  for (const BehaviourEdge& edge : machine.edges) {
    lines.push_back(fmt::format("{}{} {} > {} {}", edge.taken == Taken::faulted_only ? "! " : "",
                                edge.from, edge.said, edge.to, edge.reply));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("A conversation is a chain of states") {
  const auto machine = Seen().conversation({{"order", "", "size?"}, {"2", "", "sure?"}}).fold();
  CHECK(machine.states == 3);
  CHECK(edges(machine) == Lines{"0 order > 1 \"size?\"", "1 2 > 2 \"sure?\""});
  CHECK_FALSE(machine.cut);
}

TEST_CASE("The same reply leads to the same state, as long as nothing speaks against it") {
  const auto machine =
      Seen()
          .conversation({{"hm", "", "what?"}, {"hm", "", "what?"}, {"order", "", "size?"}})
          .fold();
  // What was said first, "hm" twice, could be one state; that "order" came after shows nothing
  // else.
  CHECK(machine.states == 2);
  CHECK(edges(machine) == Lines{"0 hm > 0 \"what?\"", "0 order > 1 \"size?\""});
}

TEST_CASE("What is answered in two ways makes two states") {
  Seen seen;
  seen.conversation({{"a", "", "ok"}, {"what", "", "a"}});
  seen.conversation({{"b", "", "ok"}, {"what", "", "b"}});
  const auto machine = seen.fold();
  CHECK(edges(machine) ==
        Lines{"0 a > 1 \"ok\"", "0 b > 2 \"ok\"", "1 what > 3 \"a\"", "2 what > 4 \"b\""});
}

TEST_CASE("A fault that changes nothing opens no edge") {
  Seen seen;
  seen.conversation({{"order", "", "size?"}, {"2", "", "sure?"}});
  seen.conversation({{"order", "", "size?"}, {"2", "missing", "sure?"}}, Whose::faulted);
  const auto machine = seen.fold();
  CHECK(edges(machine) == Lines{"0 order > 1 \"size?\"", "1 2 > 2 \"sure?\""});
  CHECK(machine.edges[1].faults == Lines{"", "missing"});
}

TEST_CASE("A fault that changes a reply opens an edge, and what follows is open too") {
  Seen seen;
  seen.conversation({{"order", "", "size?"}, {"2", "", "sure?"}, {"yes", "", "done"}});
  seen.conversation({{"order", "", "size?"}, {"2", "missing", "begin!"}, {"yes", "", "begin!"}},
                    Whose::faulted);
  seen.conversation({{"order", "", "size?"}, {"2", "outage", "begin!"}, {"yes", "", "begin!"}},
                    Whose::faulted);
  const auto machine = seen.fold();
  CHECK(edges(machine) == Lines{"0 order > 1 \"size?\"", "1 2 > 2 \"sure?\"", "2 yes > 3 \"done\"",
                                "! 1 2 > 4 \"begin!\"", "! 4 yes > 4 \"begin!\""});
  CHECK(machine.edges[3].faults == Lines{"missing", "outage"});
}

TEST_CASE("What shows only later makes another state of the moment of the fault") {
  Seen seen;
  seen.conversation({{"order", "", "size?"}, {"2", "", "sure?"}});
  seen.conversation({{"order", "lost-write", "size?"}, {"2", "", "begin!"}}, Whose::faulted);
  CHECK(edges(seen.fold()) == Lines{"0 order > 1 \"size?\"", "1 2 > 2 \"sure?\"",
                                    "! 0 order > 3 \"size?\"", "! 3 2 > 4 \"begin!\""});
}

TEST_CASE("An edge that a disturbed twin takes was opened by no cookie") {
  Seen seen;
  seen.conversation({{"order", "drop", "none"}}, Whose::faulted);
  seen.conversation({{"order", "drop", "none"}}, Whose::twin);
  CHECK(seen.fold().edges.at(0).taken == Taken::fresh_twin);
}

TEST_CASE("Replies that differ in what is masked are one") {
  Seen seen;
  seen.conversation({{"order", "", "ticket 1"}}).conversation({{"order", "", "ticket 2"}});
  CHECK(seen.fold().edges.size() == 2);
  CHECK(seen.fold({"[0-9]+"}).edges.size() == 1);
}

TEST_CASE("A machine is cut where it grows too large, and says so") {
  Seen seen;
  for (std::size_t i = 0; i < SeenBehaviour::kMostStates + 5; ++i) {
    seen.conversation({{fmt::format("say {}", i), "", fmt::format("said {}", i)}});
  }
  const auto machine = seen.fold();
  CHECK(machine.cut);
  CHECK(machine.states == SeenBehaviour::kMostStates);
  CHECK(machine.edges.size() == SeenBehaviour::kMostStates - 1);
}

TEST_CASE("Only so many executions, and so many steps, are looked at") {
  Seen seen;
  for (std::size_t i = 0; i < SeenBehaviour::kMostExecutions; ++i) {
    seen.conversation({{"order", "", "size?"}});
  }
  CHECK_FALSE(seen.fold().cut);
  seen.conversation({{"other", "", "what?"}});
  CHECK(seen.fold().cut);
  CHECK(seen.fold().edges.size() == 1);
  Seen various;
  for (std::size_t i = 0; i <= SeenBehaviour::kMostNodes; ++i) {
    various.conversation({{fmt::format("say {}", i), "", "what?"}});
  }
  CHECK(various.fold().cut);
}

TEST_CASE("A check of a sound app folds to what happens without faults") {
  const CheckResult result = check_app(zoo::keeps_by_pair());
  REQUIRE(result.machine);
  const auto& edges_seen = result.machine->edges;
  CHECK(std::ranges::none_of(
      edges_seen, [](const BehaviourEdge& edge) { return edge.taken == Taken::faulted_only; }));
  CHECK(std::ranges::count(edges_seen, Taken::fault_free, &BehaviourEdge::taken) == 3);
}

TEST_CASE("A check of a fragile app shows the edge that its counterexample takes in red") {
  const CheckResult result = check_app(zoo::keeps_in_session());
  REQUIRE(result.counterexamples.size() == 1);
  const std::string actual = result.counterexamples[0].difference.actual;
  CHECK(std::ranges::any_of(result.machine->edges, [&](const BehaviourEdge& edge) {
    return edge.taken == Taken::faulted_only && edge.said == "2 large" && edge.reply == actual;
  }));
}

TEST_CASE("A counterexample carries what went over the wire, of both") {
  const CheckResult result = check_app(zoo::keeps_in_session());
  const Counterexample& found = result.counterexamples.at(0);
  REQUIRE(found.actual_wire);
  REQUIRE(found.expected_wire);
  CHECK(found.actual_wire->steps.size() == found.actual.deliveries.size());
  CHECK(found.expected_wire->steps.size() == found.expected.deliveries.size());
}
