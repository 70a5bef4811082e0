#pragma once

#include <crumbproof/http/descriptor.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace crumbproof::cli {

/// A file of lines that are added to what is there, by others too.
class AppendedFile {
 public:
  /// Opens the file of that name, seen from the folder, or makes it. Throws BadInput.
  AppendedFile(const std::filesystem::path& folder, std::string shown);

  /// Adds whole lines, from the start of one: what was cut short before is ended first. Throws
  /// BadInput if the lines are not all written.
  void add(std::string_view lines);

 private:
  [[noreturn]] void refuse(std::string_view why) const;
  [[nodiscard]] bool is_within_a_line() const;

  std::string shown_;
  http::Descriptor file_;
  http::Descriptor to_read_;  ///< the same, if it is a regular file that can be read
};

}  // namespace crumbproof::cli
