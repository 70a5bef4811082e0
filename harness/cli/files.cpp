#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/temporary_file.hpp>
#include <crumbproof/http/descriptor.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace crumbproof::cli {

namespace fs = std::filesystem;

namespace {

bool is_special(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

/// The file that a path stands for, though it may not be there yet: also behind a symbolic link.
fs::path real_path(fs::path path, std::error_code& error) {
  constexpr int kMostLinks = 40;  // as Linux follows
  for (int n = 0; n < kMostLinks && fs::is_symlink(fs::symlink_status(path, error)) &&
                  !fs::exists(path, error);
       ++n) {
    path = path.parent_path() / fs::read_symlink(path, error);
  }
  return fs::weakly_canonical(path, error);
}

std::optional<FileMark> mark_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileMark{static_cast<std::int64_t>(status.st_ino), status.st_size, status.st_mtim.tv_sec,
                  status.st_mtim.tv_nsec};
}

/// While it lives no other process has it. Where folders cannot be locked, it is none.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    ::flock(folder_.get(), LOCK_EX);
  }

 private:
  http::Descriptor folder_;
};

void write_to_special(const fs::path& path, std::string_view content) {
  const http::Descriptor file(::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
  if (file.get() < 0) throw std::system_error(errno, std::generic_category());
  write_all(file.get(), content);
}

}  // namespace

std::string read_file(const fs::path& path, std::string_view shown, std::size_t most_bytes) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    throw BadInput(fmt::format("{}: this is a folder; a file is expected", shown));
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    throw BadInput(fmt::format("{}: cannot be read: {}", shown, std::strerror(errno)));
  }
  // Piece by piece, since most files are far smaller than they may be.
  constexpr std::size_t kPiece = 64 * 1024;
  std::array<char, kPiece> piece{};
  std::string content;
  while (stream) {
    stream.read(piece.data(), piece.size());
    content.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (content.size() > most_bytes) {
      throw BadInput(fmt::format("{}: the file is larger than {} bytes", shown, most_bytes));
    }
  }
  if (stream.bad()) throw BadInput(fmt::format("{}: cannot be read", shown));
  return content;
}

OutputFile::OutputFile(const Environment& environment, std::string shown)
    : shown_(std::move(shown)), secrets_(environment.secrets) {
  if (shown_.empty()) throw BadInput("the name of a file to write is empty");
  std::error_code error;
  const fs::path path = fs::absolute(environment.folder / shown_, error);
  if (error) refuse(error.message());  // the working folder is gone
  if (is_special(path)) {              // as it is: what /dev/fd/3 stands for has no name of its own
    path_ = path;
    return;
  }
  path_ = real_path(path, error);
  if (error) refuse(error.message());
  if (fs::is_directory(path_, error)) refuse("this is a folder; a file is expected");
  const fs::path parent = path_.parent_path();
  if (!fs::is_directory(parent, error)) refuse("its folder does not exist");
  if (::faccessat(AT_FDCWD, parent.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    refuse(std::string("its folder: ") + std::strerror(errno));
  }
  // It could be replaced all the same, but someone wants it to stay as it is.
  if (::faccessat(AT_FDCWD, path_.c_str(), W_OK, AT_EACCESS) != 0 && errno != ENOENT) {
    refuse(std::strerror(errno));
  }
  remove_stale_temporaries(parent);
  mark_ = mark_of(path_);
}

bool OutputFile::can_be_replaced() const { return !is_special(path_); }

template <class Writing>
bool OutputFile::attempt(Writing writing) const {
  try {
    return writing();
  } catch (const std::system_error& failure) {
    refuse(failure.code().message());
  }
}

void OutputFile::write(std::string_view content) const {
  attempt([&] {
    if (is_special(path_)) {
      write_to_special(path_, secrets_->hidden(std::string(content)));
    } else {
      TemporaryFile temporary(path_);
      temporary.write(secrets_->hidden(std::string(content)));
      temporary.replace_target();
    }
    return true;
  });
}

bool OutputFile::write_new(std::string_view content) const {
  return attempt([&] {
    TemporaryFile temporary(path_);
    temporary.write(secrets_->hidden(std::string(content)));
    return temporary.become_new_target();
  });
}

bool OutputFile::write_unless_changed(std::string_view content) const {
  return attempt([&] {
    TemporaryFile temporary(path_);
    temporary.write(secrets_->hidden(std::string(content)));
    const FolderLock one_at_a_time(path_.parent_path());
    const auto now = mark_of(path_);
    if (now && now != mark_) return false;
    temporary.replace_target();
    return true;
  });
}

bool OutputFile::is(const fs::path& folder, const std::string& name) const {
  std::error_code error;
  const fs::path other = fs::absolute(folder / name, error);
  return fs::equivalent(path_, other, error) || path_ == real_path(other, error);
}

void OutputFile::refuse_to_replace(const fs::path& folder, const std::string& input,
                                   std::string_view option) const {
  if (!is(folder, input)) return;
  throw BadInput(
      fmt::format("{}: {} is read by this run, so it cannot be where it writes", option, shown_));
}

void OutputFile::refuse(std::string_view why) const {
  throw BadInput(fmt::format("{}: cannot be written: {}", shown_, why));
}

}  // namespace crumbproof::cli
