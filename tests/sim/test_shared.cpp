#include <crumbproof/sim/shared.hpp>
#include <crumbproof/sim/text.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using crumbproof::Shared;
using crumbproof::Text;

TEST_CASE("Copies of a shared value are one value until one of them is changed") {
  Shared<std::vector<int>> one(std::vector<int>{1, 2});
  Shared<std::vector<int>> other = one;
  CHECK(&*one == &*other);
  CHECK(one == other);
  other.edit().push_back(3);
  CHECK(*one == std::vector<int>{1, 2});
  CHECK(*other == std::vector<int>{1, 2, 3});
  CHECK_FALSE(one == other);
  CHECK(one == Shared<std::vector<int>>(std::vector<int>{1, 2}));
}

TEST_CASE("A shared value can be part of something that is shared, and is nothing at first") {
  struct Whole {
    std::string part = "part";
  };
  auto whole = std::make_shared<const Whole>();
  const Shared<std::string> part(std::shared_ptr<const std::string>(whole, &whole->part));
  const std::weak_ptr<const Whole> seen = whole;
  whole.reset();
  CHECK_FALSE(seen.expired());
  CHECK(*part == "part");
  CHECK(Shared<std::string>()->empty());
}

TEST_CASE("A text is equal to whatever says the same") {
  const Text text("http://app.test/sms");
  const Text copy = text;
  CHECK(&copy.str() == &text.str());
  CHECK(text == Text(std::string("http://app.test/sms")));
  CHECK(text == "http://app.test/sms");
  CHECK(text == std::string_view("http://app.test/sms"));
  CHECK_FALSE(text == "http://app.test/");
  CHECK_FALSE(text == Text("http://app.test/"));
  CHECK(Text().empty());
  CHECK(Text("").empty());
  CHECK(Text() == "");
  CHECK_FALSE(text.empty());
}
