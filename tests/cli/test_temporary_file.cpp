#include <crumbproof/cli/appended_file.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/temporary_file.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace crumbproof;
using namespace crumbproof::cli;
using Names = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

/// What the work returns in a process of its own, on whose disk files have room for so many bytes.
template <class Work>
int exit_code_with_room_for(rlim_t bytes, Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::_exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("what a killed process has left is gone with the next run that writes there") {
  const Folder folder;
  folder.write("a", "old");
  const pid_t child = ::fork();
  if (child == 0) {
    TemporaryFile file(folder.path() / "a");
    file.write("half of the n");
    ::raise(SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  CHECK(folder.names().size() == 2);
  CHECK(folder.read("a") == "old");
  const OutputFile file(in(folder.path()), "b");
  CHECK(folder.names() == Names{"a"});
}

TEST_CASE("what another run writes just now is let alone, and so is what is no file of ours") {
  const Folder folder;
  TemporaryFile under_way(folder.path() / "a");
  under_way.write("all of it");
  folder.write("a.tmp", "");
  fs::create_directory(folder.path() / ".crumbproof-x.tmp");
  fs::create_symlink("a.tmp", folder.path() / ".crumbproof-y.tmp");
  REQUIRE(::mkfifo((folder.path() / ".crumbproof-z.tmp").c_str(), S_IRWXU) == 0);
  remove_stale_temporaries(folder.path());
  CHECK(folder.names().size() == 5);
  under_way.replace_target();
  CHECK(folder.read("a") == "all of it");
}

TEST_CASE("a name that is taken is passed over") {
  const Folder folder;
  const std::string taken = ".crumbproof-" + std::to_string(::getpid()) + "-0.tmp";
  folder.write(taken, "another machine's");
  TemporaryFile file(folder.path() / "a");
  file.write("new");
  file.replace_target();
  CHECK(folder.read(taken) == "another machine's");
  CHECK(folder.read("a") == "new");
}

TEST_CASE("a new target is made only if there is none") {
  const Folder folder;
  TemporaryFile first(folder.path() / "a");
  first.write("first");
  TemporaryFile second(folder.path() / "a");
  CHECK(first.become_new_target());
  CHECK(!second.become_new_target());
  CHECK(folder.read("a") == "first");
}

TEST_CASE("a full disk leaves the old file, one line and nothing else") {
  const Folder folder;
  folder.write("a", "old");
  CHECK(exit_code_with_room_for(10, [&] {
          try {
            OutputFile(in(folder.path()), "a").write(std::string(11, 'x'));
          } catch (const BadInput& error) {
            return std::string(error.what()) == "a: cannot be written: File too large" ? 7 : 8;
          }
          return 9;
        }) == 7);
  CHECK(folder.names() == Names{"a"});
  CHECK(folder.read("a") == "old");
}

TEST_CASE("a device that takes nothing is complained about") {
  CHECK_THROWS_WITH(OutputFile(in({}), "/dev/full").write("x"),
                    "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("a file keeps its permissions, and its owner where root writes it") {
  const Folder folder;
  folder.write("a", "old");
  constexpr uid_t kOther = 12'345;
  const bool is_root = ::chown((folder.path() / "a").c_str(), kOther, kOther) == 0;
  fs::permissions(folder.path() / "a", fs::perms(0640));
  OutputFile(in(folder.path()), "a").write("new");
  CHECK(fs::status(folder.path() / "a").permissions() == fs::perms(0640));
  struct stat status {};
  REQUIRE(::stat((folder.path() / "a").c_str(), &status) == 0);
  CHECK((status.st_uid == kOther) == is_root);
}

TEST_CASE("a link to what is not there yet stays one") {
  const Folder folder;
  fs::create_directory(folder.path() / "real");
  fs::create_symlink("real/a", folder.path() / "link");
  OutputFile(in(folder.path()), "link").write("new");
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(folder.read("real/a") == "new");
}

TEST_CASE("a name may be as long as the file system lets it be") {
  const Folder folder;
  const std::string name(255, 'n');
  OutputFile(in(folder.path()), name).write("x");
  CHECK(folder.names() == Names{name});
}

TEST_CASE("lines are added to what is there, and begin a line") {
  const Folder folder;
  folder.write("log", "one\ncut sho");
  AppendedFile log(folder.path(), "log");
  CHECK(folder.read("log") == "one\ncut sho");
  log.add("two\n");
  std::ofstream(folder.path() / "log", std::ios::app) << "of another";
  log.add("three\n");
  log.add("four\n");
  CHECK(folder.read("log") == "one\ncut sho\ntwo\nof another\nthree\nfour\n");
}

TEST_CASE("lines for which there is no room are complained about, and the next begins a line") {
  const Folder folder;
  CHECK(exit_code_with_room_for(6, [&] {
          AppendedFile log(folder.path(), "log");
          try {
            log.add("one two\n");
          } catch (const BadInput& error) {
            return std::string(error.what()) == "log: cannot be written: File too large" ? 7 : 8;
          }
          return 9;
        }) == 7);
  AppendedFile(folder.path(), "log").add("two\n");
  CHECK(folder.read("log") == "one tw\ntwo\n");
}
