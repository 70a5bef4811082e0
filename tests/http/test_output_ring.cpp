#include <crumbproof/http/output_ring.hpp>

#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>

using crumbproof::http::OutputRing;

TEST_CASE("A ring holds what was written, and of much the last") {
  OutputRing ring;
  CHECK(ring.contents().empty());
  ring.append("one ");
  ring.append("two");
  CHECK(ring.contents() == "one two");
  rc::check([] {
    OutputRing written;
    std::string all;
    const auto sizes = *rc::gen::container<std::vector<std::size_t>>(
        5, rc::gen::inRange<std::size_t>(0, OutputRing::kCapacity + 1));
    char next = 'a';
    for (const std::size_t size : sizes) {
      const std::string piece(size, next++);
      written.append(piece);
      all += piece;
    }
    if (all.size() > OutputRing::kCapacity) all.erase(0, all.size() - OutputRing::kCapacity);
    RC_ASSERT(written.contents() == all);
  });
}

TEST_CASE("A ring is shared with a forked process") {
  OutputRing ring;
  const pid_t child = ::fork();
  if (child == 0) {
    ring.append("from the child");
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  CHECK(ring.contents() == "from the child");
}

TEST_CASE("What is read while another process writes is in one piece") {
  OutputRing ring;
  const pid_t writer = ::fork();
  if (writer == 0) {
    // Whoever reads a piece of the alphabet knows what comes next.
    for (int n = 0; n < 100'000; ++n) ring.append("abcdefghijklmnopqrstuvwxyz");
    ::_exit(0);
  }
  bool whole = true;
  while (::waitpid(writer, nullptr, WNOHANG) == 0) {
    const std::string text = ring.contents();
    for (std::size_t n = 1; n < text.size(); ++n) {
      whole = whole && text[n] == (text[n - 1] == 'z' ? 'a' : text[n - 1] + 1);
    }
  }
  CHECK(whole);
}
