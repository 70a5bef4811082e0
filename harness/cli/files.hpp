#pragma once

#include <crumbproof/cli/environment.hpp>
#include <crumbproof/twilio/secrets.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
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

/// What tells a file from another of its name: inode, size, time of the last change in s and ns.
using FileMark = std::array<std::int64_t, 4>;

/// A file that will be written at the end of a run: in one piece or not at all.
class OutputFile {
 public:
  /// The file of that name, seen from the environment's folder; what a killed run has left beside
  /// it is removed. Throws BadInput if it could not be written, as far as that can be told
  /// beforehand.
  OutputFile(const Environment& environment, std::string shown);

  /// Writes the content, without the environment's secrets, to a temporary name in the same folder,
  /// which then takes the file's name (temporary_file.hpp); a device or pipe is written to as it
  /// is. Throws BadInput if that fails, and leaves nothing behind.
  void write(std::string_view content) const;
  /// The same, if there is no such file; else false.
  [[nodiscard]] bool write_new(std::string_view content) const;
  /// The same, unless another run has written the file since this object was made; then false.
  [[nodiscard]] bool write_unless_changed(std::string_view content) const;

  [[nodiscard]] const std::string& shown() const { return shown_; }
  /// Whether write() can be called again, to replace what it has written: it is no device or pipe.
  [[nodiscard]] bool can_be_replaced() const;
  /// Whether the two are the same file.
  [[nodiscard]] bool same_as(const OutputFile& other) const { return path_ == other.path_; }
  /// Whether it is the one of that name, which need not be there yet.
  [[nodiscard]] bool is(const std::filesystem::path& folder, const std::string& name) const;
  /// Throws BadInput if it is that one, which the run reads. `option` is what it was named by.
  void refuse_to_replace(const std::filesystem::path& folder, const std::string& input,
                         std::string_view option) const;

 private:
  /// Does it, and refuses with the system's words if that fails.
  template <class Writing>
  bool attempt(Writing writing) const;
  [[noreturn]] void refuse(std::string_view why) const;

  std::filesystem::path path_;  ///< of a regular file: with no symbolic link in it
  std::string shown_;
  std::shared_ptr<const twilio::Secrets> secrets_;
  std::optional<FileMark> mark_;  ///< when this object was made; nothing: there was no file
};

}  // namespace crumbproof::cli
