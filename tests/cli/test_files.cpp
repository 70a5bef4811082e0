#include <crumbproof/cli/files.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>
#include <unistd.h>

using namespace crumbproof;
using namespace crumbproof::cli;
using Names = std::vector<std::string>;

TEST_CASE("a file is read whole, up to its limit") {
  const Folder folder;
  folder.write("a", std::string("x\0y", 3));
  CHECK(read_file(folder.path() / "a", "a", 3) == std::string("x\0y", 3));
  CHECK_THROWS_WITH(read_file(folder.path() / "a", "a", 2), "a: the file is larger than 2 bytes");
}

TEST_CASE("nothing is written before the end, and then one file") {
  const Folder folder;
  const OutputFile file(in(folder.path()), "a.json");
  CHECK(folder.names().empty());
  file.write("one");
  CHECK(folder.read("a.json") == "one");
  file.write("two");
  CHECK(folder.read("a.json") == "two");
  CHECK(folder.names() == Names{"a.json"});
}

TEST_CASE("a symbolic link stays one, and the file that it names is replaced") {
  const Folder folder;
  folder.write("real", "old");
  std::filesystem::create_symlink("real", folder.path() / "link");
  OutputFile(in(folder.path()), "link").write("new");
  CHECK(std::filesystem::is_symlink(folder.path() / "link"));
  CHECK(folder.read("real") == "new");
}

TEST_CASE("a device is written to and not replaced") {
  const Folder folder;
  OutputFile(in(folder.path()), "/dev/null").write("gone");
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a pipe that the shell hands over is written to") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  OutputFile(in({}), "/dev/fd/" + std::to_string(ends[1])).write("hello");
  std::array<char, 16> buffer{};
  CHECK(::read(ends[0], buffer.data(), buffer.size()) == 5);
  CHECK(std::string(buffer.data()) == "hello");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("a file that cannot be written after all leaves nothing behind") {
  const Folder folder;
  const OutputFile file(in(folder.path()), "a");
  std::filesystem::create_directory(folder.path() / "a");
  CHECK_THROWS_WITH(file.write("x"), Catch::StartsWith("a: cannot be written: "));
  CHECK(folder.names() == Names{"a"});
}

TEST_CASE("a file that has come meanwhile is not replaced by a new one") {
  const Folder folder;
  const OutputFile file(in(folder.path()), "a");
  folder.write("a", "another's");
  CHECK(!file.write_new("new"));
  CHECK(folder.read("a") == "another's");
  CHECK(folder.names() == Names{"a"});
  CHECK(OutputFile(in(folder.path()), "b").write_new("new"));
  CHECK(folder.read("b") == "new");
}

TEST_CASE("a file that another has written meanwhile is left as it is") {
  const Folder folder;
  folder.write("a", "old");
  const OutputFile one(in(folder.path()), "a");
  const OutputFile other(in(folder.path()), "a");
  CHECK(one.write_unless_changed("one"));
  CHECK(!other.write_unless_changed("two"));
  CHECK(folder.read("a") == "one");
  CHECK(folder.names() == Names{"a"});

  std::filesystem::remove(folder.path() / "a");
  CHECK(other.write_unless_changed("three"));
  CHECK(folder.read("a") == "three");
}

TEST_CASE("a file that is read is not written to, whatever it is called") {
  const Folder folder;
  folder.write("in", "x");
  std::filesystem::create_hard_link(folder.path() / "in", folder.path() / "same");
  std::filesystem::create_symlink("in", folder.path() / "link");
  const std::string name = GENERATE("in", "./in", "same", "link");
  CAPTURE(name);
  const OutputFile file(in(folder.path()), name);
  CHECK_THROWS_WITH(file.refuse_to_replace(folder.path(), "in", "--json"),
                    "--json: " + name + " is read by this run, so it cannot be where it writes");
  CHECK_NOTHROW(file.refuse_to_replace(folder.path(), "other", "--json"));
}

TEST_CASE("two names of one file are found out") {
  const Folder folder;
  const OutputFile file(in(folder.path()), "a");
  CHECK(file.same_as(OutputFile(in(folder.path()), "./a")));
  CHECK(file.same_as(OutputFile(in(folder.path()), (folder.path() / "a").string())));
  CHECK(!file.same_as(OutputFile(in(folder.path()), "b")));
}
