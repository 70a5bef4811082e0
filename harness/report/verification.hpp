#pragma once

#include <crumbproof/search/proof.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crumbproof::report {

enum class VerifyStatus : std::uint8_t {
  verified,
  not_verified,  ///< something does not fit
  no_proof,      ///< rightly so: the report does not claim that its bounds are exhausted
};

/// A report whose bookkeeping is right, as far as its schedules can be run again from it.
struct ProvenReport {
  std::string run_id;
  std::uint64_t seed = 0;
  std::string target;  ///< URL
  std::map<std::string, std::string> options;
  search::Proof proof;
  bool replies_vary = false;  ///< something was masked or ignored
  std::size_t max_messages = 0;
  std::string root;
};

struct Verification {
  VerifyStatus status = VerifyStatus::verified;
  std::string reason;  ///< where not verified, what is wrong and where; with no proof, why
  std::optional<ProvenReport> proven;  ///< only where verified
};

/// Rechecks the bookkeeping of a JSON report (docs/reference.md, "Proof"), without the app. Throws
/// BadInput that names `path` if the text is no report at all, or one of another version.
Verification verify_report(std::string_view text, const std::string& path);

}  // namespace crumbproof::report
