#pragma once

#include <crumbproof/http/descriptor.hpp>

#include <filesystem>
#include <string_view>

namespace crumbproof::cli {

/// A file that is not complete yet: it has a name of its own, `.crumbproof-1234-0.tmp`, in the
/// folder of the file that it is to become, and is gone with this object if it has not become that.
/// It is locked while this object lives, which tells it from what a killed process has left.
class TemporaryFile {
 public:
  /// Makes one to become `target`, with that file's permissions and owner if there is one. Throws
  /// std::system_error.
  explicit TemporaryFile(std::filesystem::path target);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  /// Writes all of it. Throws std::system_error.
  void write(std::string_view content);
  /// Takes the place of the target, which holds the old or the new content whenever the machine
  /// stops. Throws std::system_error.
  void replace_target();
  /// Becomes the target if there is none; else false.
  bool become_new_target();

 private:
  /// Whether the name is free, and then its file is made and locked.
  bool take(const std::filesystem::path& name);
  void has_become_target();

  std::filesystem::path target_;
  std::filesystem::path name_;  ///< empty: it has become the target
  http::Descriptor file_;
};

/// Writes all of it to an open file. Throws std::system_error.
void write_all(int descriptor, std::string_view content);

/// Removes the temporary files of processes that were killed. What cannot be removed stays.
void remove_stale_temporaries(const std::filesystem::path& folder);

}  // namespace crumbproof::cli
