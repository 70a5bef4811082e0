#pragma once

#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json_fwd.hpp>

namespace crumbproof::report {

/// Reading of JSON that a person may have changed. Everything here throws BadInput that says which
/// key is missing or of the wrong type.

/// The text as JSON. The complaint names `path`, line and column, and says what is `expected`, or
/// that lists and objects stand too deep in each other.
nlohmann::ordered_json parse_json(std::string_view text, const std::string& path,
                                  std::string_view expected);
/// What a file says of itself under the key `schema`, as in `crumbproof.report/1`.
struct Schema {
  std::string_view what;     ///< as in `report`
  std::string_view prefix;   ///< as in `crumbproof.report/`
  std::string_view version;  ///< as in `1`
};
/// Of what `check --json` writes.
inline constexpr Schema kReportSchema{"report", "crumbproof.report/", "1"};
/// Where a count has no other bound.
inline constexpr std::uint64_t kMostNumber = std::numeric_limits<std::uint64_t>::max();
/// The complaints name `path`: another file, or one of another version.
void check_schema(const nlohmann::ordered_json& json, const std::string& path,
                  const Schema& schema);
const nlohmann::ordered_json& at(const nlohmann::ordered_json& json, const char* key);
const nlohmann::ordered_json& list_at(const nlohmann::ordered_json& json, const char* key);
std::string text_at(const nlohmann::ordered_json& json, const char* key);
bool flag_at(const nlohmann::ordered_json& json, const char* key);
/// A whole number from 0 to `largest`.
std::uint64_t number_at(const nlohmann::ordered_json& json, const char* key, std::uint64_t largest);
std::vector<std::string> texts_at(const nlohmann::ordered_json& json, const char* key);
/// Options of a command by name. None may be an auth token; `file` is what they stand in.
std::map<std::string, std::string> options_at(const nlohmann::ordered_json& json, const char* key,
                                              std::string_view file);

/// Reads the part of the file at `key`, so that a complaint says where in the file it is.
template <class Read>
auto part(const nlohmann::ordered_json& json, const char* key, Read read) {
  const nlohmann::ordered_json& value = at(json, key);
  try {
    return read(value);
  } catch (const BadInput& bad) {
    throw BadInput(fmt::format("in \"{}\": {}", key, bad.what()));
  }
}

/// Senders of other countries have no numbers.
void check_countries(std::span<const Message> messages);

/// Such an option, with its dashes left out.
inline constexpr const char* kAuthToken = "auth-token";

/// A complaint that may quote what stands in a file, fit for one line of a terminal.
std::string shortened(const std::string& complaint);

/// Cookie names and messages can hold any bytes; JSON is UTF-8 (RFC 8259 section 8.1).
void make_valid(nlohmann::ordered_json& json);

}  // namespace crumbproof::report
