#include <crumbproof/http/guardian.hpp>
#include <crumbproof/http/guardian_process.hpp>

#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crumbproof::http {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A process may be started with its standard streams closed; what is opened then takes their
/// numbers, and has to make room for the app's.
void move_above_standard_streams(Descriptor& descriptor) {
  constexpr int kFirst = STDERR_FILENO + 1;
  if (descriptor.get() >= kFirst) return;
  const int moved = ::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, kFirst);
  if (moved < 0) fail("fcntl");
  descriptor.reset(moved);
}

}  // namespace

Guardian::Guardian(const std::string& command, std::chrono::milliseconds grace) {
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) fail("socketpair");
  line_.reset(pair[0]);
  Descriptor far_end(pair[1]);
  move_above_standard_streams(line_);
  move_above_standard_streams(far_end);

  process_ = ::fork();
  if (process_ < 0) fail("fork");
  if (process_ == 0) {
    // Of this copy of the process nothing may run but this, not even what its end would run.
    ::close(line_.get());
    run_guardian(command, grace, far_end.get(), output_);
  }
}

Guardian::~Guardian() {
  line_.reset();
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool Guardian::wait_for_end(std::chrono::milliseconds limit) {
  if (ended_) return true;
  pollfd line{line_.get(), POLLIN, 0};
  if (::poll(&line, 1, static_cast<int>(limit.count())) <= 0) return false;
  int status = 0;
  ended_ = true;
  if (::recv(line_.get(), &status, sizeof status, 0) == sizeof status) status_ = status;
  return true;
}

}  // namespace crumbproof::http
