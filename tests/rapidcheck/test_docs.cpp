#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(PROJECT_ROOT "/" + path);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> cpp_blocks(const std::string& text) {
  const std::string begin = "```cpp\n";
  std::vector<std::string> blocks;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    const std::size_t end = text.find("```", at);
    blocks.push_back(text.substr(at, end - at));
    at = end;
  }
  return blocks;
}

}  // namespace

TEST_CASE("every block of code in the how-to is in a file that is compiled") {
  const std::vector<std::string> compiled{content_of("tests/catch2/failing/failing.cpp"),
                                          content_of("tests/rapidcheck/failing/failing.cpp"),
                                          content_of("tests/rapidcheck/failing/gtest.cpp")};
  const std::vector<std::string> blocks = cpp_blocks(content_of("docs/property-suites.md"));
  CHECK(blocks.size() >= 8);
  for (const std::string& block : blocks) {
    INFO(block);
    bool found = false;
    for (const std::string& file : compiled) found = found || file.find(block) != std::string::npos;
    CHECK(found);
  }
}

}  // namespace crumbproof::rapidcheck
