#include <crumbproof/http/process_tree.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using crumbproof::http::descendants_of;

TEST_CASE("Descendants are found at any depth, whatever their names") {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_NAME, "a) R 1 (b c");
    const pid_t grandchild = ::fork();
    if (grandchild > 0) static_cast<void>(!::write(pipe[1], &grandchild, sizeof grandchild));
    ::pause();
    ::_exit(0);
  }
  pid_t grandchild = 0;
  REQUIRE(::read(pipe[0], &grandchild, sizeof grandchild) == sizeof grandchild);

  std::vector<pid_t> found = descendants_of(::getpid());
  std::sort(found.begin(), found.end());
  std::vector<pid_t> expected{child, grandchild};
  std::sort(expected.begin(), expected.end());
  CHECK(found == expected);
  CHECK(descendants_of(child) == std::vector<pid_t>{grandchild});
  CHECK(descendants_of(grandchild).empty());

  ::kill(grandchild, SIGKILL);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST_CASE("A process that is gone when its state is read is left out") {
  namespace fs = std::filesystem;
  std::string folder = (fs::temp_directory_path() / "crumbproof-test-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("mkdtemp");
  const fs::path proc = folder;
  fs::create_directory(proc / "5");
  std::ofstream(proc / "5" / "stat") << "5 (sleep) S 3 5 5 0";
  // It can be opened, as the state of a process that ends right then can, but not read.
  fs::create_directories(proc / "7" / "stat");
  CHECK(descendants_of(3, proc) == std::vector<pid_t>{5});
  fs::remove_all(proc);
}
