#include <crumbproof/run/answer_trie.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

RequestKey key(std::string text) {
  return {1, 1, 1, 0, "POST", "http://app.test/sms", std::move(text), "", {{"sid", 1}}};
}

std::shared_ptr<SeenAnswer> saying(std::string text) {
  auto seen = std::make_shared<SeenAnswer>();
  seen->answer.status = 200;
  seen->messages.push_back({{}, {}, std::move(text), {}});
  return seen;
}

/// How many variations the answer makes beside a plain one.
std::size_t variations_by(const std::function<void(SeenAnswer&)>& change) {
  AnswerTrie trie;
  trie.record(AnswerTrie::kRoot, key("hi"), saying("hello"));
  auto other = saying("hello");
  change(*other);
  trie.record(AnswerTrie::kRoot, key("hi"), other);
  CHECK(trie.variations().size() == trie.variation_count());
  return trie.variation_count();
}

}  // namespace

TEST_CASE("A sequence of requests leads to its answer") {
  AnswerTrie trie;
  CHECK(trie.size() == 1);
  CHECK_FALSE(trie.child(AnswerTrie::kRoot, key("order")));
  const auto order = trie.record(AnswerTrie::kRoot, key("order"), saying("What size?"));
  const auto large = trie.record(order, key("large"), saying("Large it is"));
  const auto large_first = trie.record(AnswerTrie::kRoot, key("large"), saying("Text order"));
  CHECK(trie.size() == 4);
  CHECK(trie.child(AnswerTrie::kRoot, key("order")) == order);
  CHECK(trie.child(order, key("large")) == large);
  CHECK(trie.child(AnswerTrie::kRoot, key("large")) == large_first);
  CHECK_FALSE(trie.child(large, key("large")));
  CHECK(trie.answer(order)->messages.front().body == "What size?");
  CHECK(trie.answer(large)->messages.front().body == "Large it is");
  CHECK(trie.answer(large_first)->messages.front().body == "Text order");
}

TEST_CASE("Requests are the same only if all that the app can tell of them is") {
  const auto changed = GENERATE(values<std::function<void(RequestKey&)>>({
      [](RequestKey& k) { k.pair = 2; },
      [](RequestKey& k) { k.message = 2; },
      [](RequestKey& k) { k.token = 2; },
      [](RequestKey& k) { k.fallback_code = 11200; },
      [](RequestKey& k) { k.method = "GET"; },
      [](RequestKey& k) { k.url = k.url.str() + "/"; },
      [](RequestKey& k) { k.text += "!"; },
      [](RequestKey& k) { k.cookies.clear(); },
      [](RequestKey& k) { k.cookies.front().value = 2; },
      [](RequestKey& k) { k.cookies.front().name = "id"; },
      [](RequestKey& k) { k.cookies.push_back(k.cookies.front()); },
  }));
  AnswerTrie trie;
  trie.record(AnswerTrie::kRoot, key("hi"), saying("hello"));
  RequestKey other = key("hi");
  changed(other);
  CHECK_FALSE(other == key("hi"));
  CHECK(other.hash() != key("hi").hash());
  CHECK_FALSE(trie.child(AnswerTrie::kRoot, other));
  CHECK(trie.child(AnswerTrie::kRoot, key("hi")));
}

TEST_CASE("What the app answers another time stands beside the first answer") {
  AnswerTrie trie;
  const auto node = trie.record(AnswerTrie::kRoot, key("hi"), saying("hello"));
  CHECK(trie.record(AnswerTrie::kRoot, key("hi"), saying("hello")) == node);
  CHECK(trie.variation_count() == 0);
  CHECK(trie.variations().empty());
  CHECK(trie.record(AnswerTrie::kRoot, key("hi"), saying("good day")) == node);
  CHECK(trie.record(AnswerTrie::kRoot, key("hi"), saying("good day")) == node);
  CHECK(trie.record(AnswerTrie::kRoot, key("hi"), saying("hello")) == node);
  CHECK(trie.size() == 2);
  CHECK(trie.variation_count() == 1);
  CHECK(trie.answer(node)->messages.front().body == "hello");
  const auto variations = trie.variations();
  REQUIRE(variations.size() == 1);
  REQUIRE(variations[0].answers.size() == 2);
  CHECK(variations[0].answers[1]->messages.front().body == "good day");
}

TEST_CASE("An answer varies if it means something else to the sender") {
  CHECK(variations_by([](SeenAnswer& seen) { seen.answer.status = 201; }) == 1);
  CHECK(variations_by([](SeenAnswer& seen) { seen.answer.error_code = 12100; }) == 1);
  CHECK(variations_by([](SeenAnswer& seen) { seen.answer.set_cookies = {"sid"}; }) == 1);
  CHECK(variations_by([](SeenAnswer& seen) { seen.messages.front().to = "{To}"; }) == 1);
  CHECK(variations_by([](SeenAnswer& seen) { seen.next.emplace(); }) == 1);

  CHECK(variations_by([](SeenAnswer& seen) { seen.answer.body = "<Response />"; }) == 0);
  CHECK(variations_by([](SeenAnswer& seen) { seen.cookies = {{"Set-Cookie", "a=1"}}; }) == 0);
}

TEST_CASE("Not more than so many variations of one answer are kept") {
  AnswerTrie trie;
  for (int i = 0; i < 20; ++i) {
    trie.record(AnswerTrie::kRoot, key("hi"), saying(std::to_string(i)));
    trie.record_probe(AnswerTrie::kRoot, std::to_string(i));
  }
  const auto variations = trie.variations();
  REQUIRE(variations.size() == 2);
  CHECK(variations[0].probes.size() == AnswerTrie::kMaxSamples);
  CHECK(variations[1].answers.size() == AnswerTrie::kMaxSamples);
  CHECK(trie.variation_count() == 2 * (AnswerTrie::kMaxSamples - 1));
}

TEST_CASE("The first probe at a node is the one that is known") {
  AnswerTrie trie;
  const auto node = trie.record(AnswerTrie::kRoot, key("hi"), saying("hello"));
  CHECK_FALSE(trie.probe(node));
  trie.record_probe(node, "200 one");
  CHECK(trie.variation_count() == 0);
  trie.record_probe(node, "200 one");
  trie.record_probe(node, "200 two");
  CHECK(trie.probe(node) == "200 one");
  CHECK_FALSE(trie.probe(AnswerTrie::kRoot));
  CHECK(trie.variation_count() == 1);
  REQUIRE(trie.variations().size() == 1);
  CHECK(trie.variations()[0].probes == std::vector<std::string>{"200 one", "200 two"});
}

TEST_CASE("What a probe returns after requests in flight together is known, but no variation") {
  AnswerTrie trie;
  RequestKey together = key("hi");
  together.execution = 1;
  const auto node = trie.record(AnswerTrie::kRoot, together, saying("hello"));
  trie.record_probe(node, "200 one");
  trie.record_probe(node, "200 two");
  CHECK(trie.probe(node) == "200 one");
  CHECK(trie.variation_count() == 0);
  CHECK(trie.variations().empty());
}

TEST_CASE("Where answers vary, what the probe returned stands beside them; elsewhere it does not") {
  AnswerTrie trie;
  const auto steady = trie.record(AnswerTrie::kRoot, key("hi"), saying("hello"));
  trie.record_probe(steady, "200 steady");
  const auto varying = trie.record(steady, key("what"), saying("one"));
  trie.record(steady, key("what"), saying("other"));
  trie.record_probe(varying, "200 varying");
  const auto variations = trie.variations();
  REQUIRE(variations.size() == 1);
  CHECK(variations[0].answers.size() == 2);
  CHECK(variations[0].probes == std::vector<std::string>{"200 varying"});
}
