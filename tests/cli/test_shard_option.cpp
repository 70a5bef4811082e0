#include <crumbproof/cli/shard_option.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::cli;

namespace {

using Set = std::map<std::string, std::string>;

std::optional<search::Shard> shard(const std::string& text, const Set& variables = {}) {
  std::ostringstream out;
  std::ostringstream err;
  const Environment environment{.out = out, .err = err, .folder = {}, .variables = variables};
  Given given;
  if (!text.empty()) given.options["--shard"] = {text};
  return shard_option(given, environment);
}

}  // namespace

TEST_CASE("A shard is said by its number, or by the environment where that is asked for") {
  CHECK_FALSE(shard(""));
  CHECK(shard("1/1") == search::Shard{1, 1});
  CHECK(shard("3/4") == search::Shard{3, 4});
  const Set gitlab{{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "5"}};
  CHECK(shard("auto", gitlab) == search::Shard{2, 5});
  CHECK(shard("auto/5", gitlab) == search::Shard{2, 5});
  const Set kubernetes{{"JOB_COMPLETION_INDEX", "0"}};
  CHECK(shard("auto/3", kubernetes) == search::Shard{1, 3});
  const Set slurm{{"SLURM_ARRAY_TASK_ID", "14"},
                  {"SLURM_ARRAY_TASK_COUNT", "3"},
                  {"SLURM_ARRAY_TASK_MIN", "10"},
                  {"SLURM_ARRAY_TASK_STEP", "2"}};
  CHECK(shard("auto", slurm) == search::Shard{3, 3});
  CHECK(shard("auto", {{"SLURM_ARRAY_TASK_ID", "0"}, {"SLURM_ARRAY_TASK_COUNT", "4"}}) ==
        search::Shard{1, 4});
}

TEST_CASE("Without being asked for, the environment makes no shard") {
  CHECK_FALSE(shard("", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "5"}}));
  CHECK(shard("1/2", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "5"}}) == search::Shard{1, 2});
}

TEST_CASE("What is no shard is complained about") {
  struct Row {
    const char* text;
    Set variables;
    const char* complaint;
  };
  const std::vector<Row> rows{
      {"2", {}, "--shard: \"2\" is neither I/N, as in 1/4, nor auto, nor auto/N"},
      {"x/4", {}, "--shard: \"x\" is no whole number from 0 to 1000000000"},
      {"1/0", {}, "--shard: \"0\" is no whole number from 1 to 10000"},
      {"0/4", {}, "--shard: there is no shard 0 of 4, they are from 1 to 4"},
      {"5/4", {}, "--shard: there is no shard 5 of 4, they are from 1 to 4"},
      {"auto",
       {},
       "--shard auto: none of CI_NODE_INDEX, SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX is set; "
       "say --shard I/N"},
      {"auto",
       {{"JOB_COMPLETION_INDEX", "1"}},
       "--shard auto: JOB_COMPLETION_INDEX does not say how many there are; say --shard auto/N"},
      {"auto/4",
       {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "5"}},
       "--shard auto/4: by the environment there are 5"},
      {"auto/4",
       {{"JOB_COMPLETION_INDEX", "4"}},
       "--shard: there is no shard 5 of 4, they are from 1 to 4"},
      {"auto",
       {{"CI_NODE_INDEX", "one"}},
       "--shard: CI_NODE_INDEX: \"one\" is no whole number from 0 to 1000000000"},
      {"auto",
       {{"CI_NODE_INDEX", "1"}, {"JOB_COMPLETION_INDEX", "1"}},
       "--shard auto: both CI_NODE_INDEX and JOB_COMPLETION_INDEX are set; say --shard I/N"},
  };
  for (const Row& row : rows) CHECK_THROWS_WITH(shard(row.text, row.variables), row.complaint);
}
