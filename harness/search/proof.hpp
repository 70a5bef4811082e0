#pragma once

#include <crumbproof/search/ledger.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::search {

struct CheckSettings;

/// What a search was to look at, by names: enough to say which schedules there are to judge.
struct Searched {
  std::vector<std::vector<Message>> scripts;  ///< the messages of each
  std::vector<std::string> alphabet;          ///< bodies of which conversations were made
  Origin origin;                              ///< of conversations made from the alphabet
  std::optional<std::size_t> max_messages;    ///< as in the settings of the search
  std::size_t max_faults = 0;                 ///< in a schedule
  std::vector<std::string> kinds;             ///< of faults, by name
  std::vector<std::string> properties;        ///< by name
  std::vector<std::string> ignore;  ///< regular expressions of what does not count in replies

  friend bool operator==(const Searched&, const Searched&) = default;
};

/// What an exhausted search leaves behind, so that its claim can be checked without the app.
struct Proof {
  Searched searched;  ///< what there was to judge
  Ledger ledger;      ///< a leaf for each schedule that was judged
};

Searched searched_by(const CheckSettings& settings);
/// Settings of a check that looks at the same. Throws BadInput for a kind or a property that is not
/// known.
CheckSettings settings_of(const Searched& searched);

}  // namespace crumbproof::search
