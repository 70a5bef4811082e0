#include <crumbproof/cli/appended_file.hpp>
#include <crumbproof/cli/temporary_file.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace crumbproof::cli {

AppendedFile::AppendedFile(const std::filesystem::path& folder, std::string shown)
    : shown_(std::move(shown)) {
  constexpr mode_t kForAll = 0666;  // but for what the umask takes away
  const std::filesystem::path path = folder / shown_;
  file_.reset(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kForAll));
  if (file_.get() < 0) refuse(std::strerror(errno));
  struct stat status {};
  if (::fstat(file_.get(), &status) == 0 && S_ISREG(status.st_mode)) {
    to_read_.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }
}

void AppendedFile::add(std::string_view lines) {
  std::string text = is_within_a_line() ? "\n" : "";
  text += lines;
  try {
    write_all(file_.get(), text);
  } catch (const std::system_error& failure) {
    refuse(failure.code().message());
  }
}

void AppendedFile::refuse(std::string_view why) const {
  throw BadInput(fmt::format("{}: cannot be written: {}", shown_, why));
}

bool AppendedFile::is_within_a_line() const {
  struct stat status {};
  char last = '\n';
  if (to_read_.get() < 0 || ::fstat(to_read_.get(), &status) != 0 || status.st_size == 0) {
    return false;
  }
  return ::pread(to_read_.get(), &last, 1, status.st_size - 1) == 1 && last != '\n';
}

}  // namespace crumbproof::cli
