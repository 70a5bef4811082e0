#pragma once

#include <crumbproof/cli/environment.hpp>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

/// A folder of its own that goes with the test.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  /// The names in it, sorted.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

/// The world of a command that works in that folder.
crumbproof::cli::Environment in(const std::filesystem::path& folder);

/// The world around a command, and what the command left there.
class Stage {
 public:
  Stage();

  /// Runs the command line; returns the exit code.
  int run(const std::vector<std::string>& args);

  [[nodiscard]] std::string out() const { return out_.str(); }
  [[nodiscard]] std::string err() const { return err_.str(); }

  Folder folder;

 private:
  std::ostringstream out_;
  std::ostringstream err_;

 public:
  crumbproof::cli::Environment environment;
};
