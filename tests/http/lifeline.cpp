#include "lifeline.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

std::string new_folder() {
  std::string path = "/tmp/crumbproof-test-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("mkdtemp");
  return path;
}

}  // namespace

Lifeline::Lifeline() : path_(new_folder() + "/line") {
  if (::mkfifo(path_.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
  reader_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

Lifeline::~Lifeline() {
  ::close(reader_);
  ::unlink(path_.c_str());
  ::rmdir(path_.substr(0, path_.rfind('/')).c_str());
}

bool Lifeline::read_more(std::chrono::milliseconds limit) {
  pollfd event{reader_, POLLIN, 0};
  if (::poll(&event, 1, static_cast<int>(limit.count())) <= 0) return false;
  std::array<char, 4096> bytes{};
  const ssize_t count = ::read(reader_, bytes.data(), bytes.size());
  if (count > 0) unread_.append(bytes.data(), static_cast<std::size_t>(count));
  ended_ = count == 0;
  return count > 0;
}

bool Lifeline::wait_for(const std::string& line) {
  while (true) {
    const std::size_t found = unread_.find(line + '\n');
    if (found != std::string::npos) {
      unread_.erase(0, found + line.size() + 1);
      return true;
    }
    if (!read_more(std::chrono::seconds(10))) return false;
  }
}

bool Lifeline::wait_for_end(std::chrono::milliseconds limit) {
  while (read_more(limit)) {
  }
  return ended_;
}
