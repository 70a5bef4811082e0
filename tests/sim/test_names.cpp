#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using crumbproof::BadInput;
using crumbproof::KnownNames;
using crumbproof::nearest;
using crumbproof::parse_name_list;

namespace {

const KnownNames kFaults{"fault", {"missing", "stale", "drop"}};

std::string complaint_about(std::string_view list) {
  try {
    static_cast<void>(parse_name_list(list, kFaults));
  } catch (const BadInput& error) {
    return error.what();
  }
  return "accepted";
}

using Indexes = std::vector<std::size_t>;

}  // namespace

TEST_CASE("The nearest name has the fewest edits") {
  const std::vector<std::string_view> names{"missing", "stale", "drop", "lost-write", "late-write"};
  CHECK(nearest("stale", names) == "stale");
  CHECK(nearest("mising", names) == "missing");         // one left out
  CHECK(nearest("droop", names) == "drop");             // one too many
  CHECK(nearest("stole", names) == "stale");            // another one
  CHECK(nearest("last-write", names) == "lost-write");  // of two that are as near, the first
  CHECK(nearest("late-writes", names) == "late-write");
  CHECK(nearest("", names) == "drop");
  CHECK(nearest("anything", {"only"}) == "only");
  // Each kind of edit counts one: two letters changed lose to one added, left out or changed.
  CHECK(nearest("ab", {"xy", "abc"}) == "abc");
  CHECK(nearest("abc", {"xyc", "ab"}) == "ab");
  CHECK(nearest("abc", {"xyc", "abx"}) == "abx");
}

TEST_CASE("A list of names gives their indexes, sorted and each once") {
  CHECK(parse_name_list("stale", kFaults) == Indexes{1});
  CHECK(parse_name_list("drop,missing", kFaults) == Indexes{0, 2});
  CHECK(parse_name_list(" stale , drop,stale", kFaults) == Indexes{1, 2});
}

TEST_CASE("A list with a name missing or unknown is refused in words") {
  CHECK(complaint_about("") == "a name is missing in the list of fault names");
  CHECK(complaint_about(" ") == "a name is missing in the list of fault names");
  CHECK(complaint_about("stale,") == "a name is missing in the list of fault names");
  CHECK(complaint_about(",stale") == "a name is missing in the list of fault names");
  CHECK(complaint_about("stale,,drop") == "a name is missing in the list of fault names");
  CHECK(complaint_about("stale,mising") ==
        "there is no fault \"mising\"; did you mean \"missing\"?");
  CHECK(complaint_about("Stale") == "there is no fault \"Stale\"; did you mean \"stale\"?");
  CHECK(complaint_about("stale drop").starts_with("there is no fault \"stale drop\""));
}

TEST_CASE("A name that is not known is quoted on one line") {
  CHECK(complaint_about("sta\nle\x1b") ==
        "there is no fault \"sta\\nle\\x1b\"; did you mean \"stale\"?");
}
