#pragma once

#include <crumbproof/search/replay.hpp>

#include <string>
#include <string_view>

namespace crumbproof::cli {

/// A failing schedule as a file for people, `crumbproof.failure/1` in YAML: what has to be run to
/// see it, and what was seen. It holds no traces and nothing of the app's address, so it can be
/// committed and survives a new version.
struct KeptFailure {
  bool fixed = false;         ///< it did not fail when it was run last
  std::string version;        ///< of crumbproof, which found it
  std::string cause;          ///< in a sentence or two
  search::Recorded recorded;  ///< without its traces
};

/// `cookie-missing-1f3a09c2.yaml`: equal for the same schedule and property.
std::string file_name_of(const KeptFailure& kept);

std::string write_kept_failure(const KeptFailure& kept);
/// Throws BadInput with path and line for what is none.
KeptFailure read_kept_failure(const std::string& text, std::string_view path);

}  // namespace crumbproof::cli
