#pragma once

#include <crumbproof/run/record.hpp>

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::report {

/// What a check that was stopped has left behind.
struct Recorded {
  run::Record record;  ///< what the app has answered
  std::string run_id;  ///< where the numbers came from that the app has seen
};

/// Reads what a report of a check that was stopped holds to go on from, if that check was the same
/// search (`search` is search_json()). Throws BadInput that names `path`: it is no such report, it
/// is one of a check that has ended, of another search (and in what), or it was changed.
Recorded read_record(std::string_view text, const std::string& path,
                     const nlohmann::ordered_json& search);

}  // namespace crumbproof::report
