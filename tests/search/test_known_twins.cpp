#include <crumbproof/search/known_twins.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof::search {

namespace {

std::vector<Message> saying(const std::vector<std::string>& bodies) {
  std::vector<Message> messages;
  for (const std::string& body : bodies) messages.push_back({PairIndex(0), body, Instant{}});
  return messages;
}

run::PlacedFault drop_of(std::uint32_t message) {
  return {run::Seam::deliver,
          {MessageIndex(message), 0},
          {"drop", DeliveryNumber(message + 1), std::nullopt}};
}

std::shared_ptr<const run::Executed> some_twin() { return std::make_shared<const run::Executed>(); }

}  // namespace

TEST_CASE("A twin is known by its messages, the faults of its deliveries and its pauses") {
  using namespace std::chrono_literals;
  KnownTwins twins;
  const auto messages = saying({"a", "b"});
  const KnownTwins::Key key{messages, {drop_of(1)}, {}};
  CHECK(twins.find(key) == nullptr);
  const auto twin = some_twin();
  twins.keep(key, twin);
  CHECK(twins.find(key) == twin);

  const auto likewise = saying({"a", "b"});
  CHECK(twins.find({likewise, {drop_of(1)}, {}}) == twin);
  const auto others = saying({"a", "c"});
  CHECK(twins.find({others, {drop_of(1)}, {}}) == nullptr);
  auto later = messages;
  later.back().at += 1h;
  CHECK(twins.find({later, {drop_of(1)}, {}}) == nullptr);
  CHECK(twins.find({messages, {}, {}}) == nullptr);
  CHECK(twins.find({messages, {drop_of(0)}, {}}) == nullptr);
  run::PlacedFault other_number = drop_of(1);
  other_number.fault.parameter = Parameter{"times", std::int64_t{2}};
  CHECK(twins.find({messages, {other_number}, {}}) == nullptr);
  CHECK(twins.find({messages, {drop_of(1)}, {{MessageIndex(1), 1h}}}) == nullptr);
  const auto in_time = some_twin();
  twins.keep({messages, {drop_of(1)}, {{MessageIndex(1), 1h}}}, in_time);
  CHECK(twins.find({messages, {drop_of(1)}, {{MessageIndex(1), 1h}}}) == in_time);
  CHECK(twins.find({messages, {drop_of(1)}, {{MessageIndex(1), 2h}}}) == nullptr);
}

TEST_CASE("Twins are forgotten when there are too many") {
  KnownTwins twins;
  const auto first = saying({"first"});
  twins.keep({first, {}, {}}, some_twin());
  for (std::size_t i = 1; i < KnownTwins::kMost; ++i) {
    const auto messages = saying({std::to_string(i)});
    twins.keep({messages, {}, {}}, some_twin());
  }
  CHECK(twins.find({first, {}, {}}) != nullptr);
  const auto last = saying({"last"});
  twins.keep({last, {}, {}}, some_twin());
  CHECK(twins.find({first, {}, {}}) == nullptr);
  CHECK(twins.find({last, {}, {}}) != nullptr);
}

}  // namespace crumbproof::search
