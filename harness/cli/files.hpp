#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace crumbproof::cli {

/// Where check saves a counterexample unless it is told otherwise.
inline constexpr const char* kDefaultReplayFile = "crumbproof-failure.json";
/// No scenario file has more.
inline constexpr std::size_t kMostScenarioBytes = 1024UL * 1024;
/// No report has more.
inline constexpr std::size_t kMostReportBytes = 1024UL * 1024 * 1024;

/// The whole of a file. Throws BadInput that names `shown` if it cannot be read or has more than
/// that many bytes.
std::string read_file(const std::filesystem::path& path, std::string_view shown,
                      std::size_t most_bytes);

/// A file that will be written at the end of a run: in one piece or not at all.
class OutputFile {
 public:
  /// The file of that name, seen from the folder. Throws BadInput if it could not be written, as
  /// far as that can be told beforehand.
  OutputFile(const std::filesystem::path& folder, std::string shown);

  /// Writes to a temporary name in the same folder, which then takes the file's name; a device or
  /// pipe is written to as it is. Throws BadInput if that fails, and leaves nothing behind.
  void write(std::string_view content) const;

  [[nodiscard]] const std::string& shown() const { return shown_; }
  /// Whether write() can be called again, to replace what it has written: it is no device or pipe.
  [[nodiscard]] bool can_be_replaced() const;
  /// Whether the two are the same file.
  [[nodiscard]] bool same_as(const OutputFile& other) const { return path_ == other.path_; }

 private:
  std::filesystem::path path_;  ///< of a regular file: with no symbolic link in it
  std::string shown_;
};

}  // namespace crumbproof::cli
