#include <crumbproof/cli/temporary_file.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
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

constexpr std::string_view kTemporaryBeginning = ".crumbproof-";
constexpr std::string_view kTemporaryEnding = ".tmp";

[[noreturn]] void throw_errno() { throw std::system_error(errno, std::generic_category()); }

/// Whether this process has locked the file. True as well where files cannot be locked: then no one
/// takes another's for stale.
bool lock(int file) { return ::flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK; }

/// Whether that is a file and has the name, still: only who has it locked may change that.
bool has_name(int file, const fs::path& name) {
  struct stat open {};
  struct stat named {};
  return ::fstat(file, &open) == 0 && ::lstat(name.c_str(), &named) == 0 && S_ISREG(open.st_mode) &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

void remove_if_stale(const fs::path& name) {
  const http::Descriptor file(::open(name.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0 || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return;
  if (has_name(file.get(), name)) ::unlink(name.c_str());
}

/// Has it on the disk. Some file systems have no such thing.
void sync_to_disk(int file) {
  if (::fsync(file) != 0 && errno != EINVAL && errno != ENOTSUP) throw_errno();
}

}  // namespace

TemporaryFile::TemporaryFile(fs::path target) : target_(std::move(target)) {
  const fs::path folder = target_.parent_path();
  for (int n = 0; name_.empty(); ++n) {
    fs::path name =
        folder / fmt::format("{}{}-{}{}", kTemporaryBeginning, ::getpid(), n, kTemporaryEnding);
    if (take(name)) name_ = std::move(name);
  }
  struct stat old {};
  constexpr mode_t kPermissions = 0777;
  if (::stat(target_.c_str(), &old) != 0) return;
  // Only root gives a file away; for others it stays their own.
  static_cast<void>(!::fchown(file_.get(), old.st_uid, old.st_gid));
  ::fchmod(file_.get(), old.st_mode & kPermissions);
}

TemporaryFile::~TemporaryFile() {
  if (!name_.empty()) ::unlink(name_.c_str());
}

bool TemporaryFile::take(const fs::path& name) {
  constexpr mode_t kForAll = 0666;  // but for what the umask takes away
  file_.reset(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kForAll));
  if (file_.get() < 0 && errno != EEXIST) throw_errno();
  // Between the two, a process that tidies up may have taken it for one that was left.
  return file_.get() >= 0 && lock(file_.get()) && has_name(file_.get(), name);
}

void TemporaryFile::write(std::string_view content) { write_all(file_.get(), content); }

void TemporaryFile::replace_target() {
  sync_to_disk(file_.get());
  if (::rename(name_.c_str(), target_.c_str()) != 0) throw_errno();
  has_become_target();
}

bool TemporaryFile::become_new_target() {
  sync_to_disk(file_.get());
  if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno == EEXIST) return false;
    if (errno != EINVAL) throw_errno();
    // The file system does not know of this: the best that is left.
    if (fs::exists(fs::symlink_status(target_))) return false;
    if (::rename(name_.c_str(), target_.c_str()) != 0) throw_errno();
  }
  has_become_target();
  return true;
}

void TemporaryFile::has_become_target() {
  name_.clear();
  // If this fails the old file may be there after a power cut, whole.
  const http::Descriptor folder(
      ::open(target_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
}

void write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written >= 0) {
      content.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      throw_errno();
    }
  }
}

void remove_stale_temporaries(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(kTemporaryBeginning) && name.ends_with(kTemporaryEnding))
      remove_if_stale(entry->path());
  }
}

}  // namespace crumbproof::cli
