#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/sim/clock.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace crumbproof::rapidcheck {

/// What a sender may say.
struct Word {
  std::string body;  ///< the text of the message
  std::uint32_t weight =
      1;  ///< how often it is drawn beside the others; 0: values only shrink to it
};

/// All that a sender may say. What comes first counts as smaller.
struct Alphabet {
  std::vector<Word> words;  ///< at least one
};

/// What is drawn beside the words, and how much of it. What comes first in a list counts as
/// smaller.
struct Options {
  std::size_t max_messages = 4;                     ///< in a conversation
  std::size_t max_faults = 2;                       ///< in a schedule
  std::size_t pairs = 1;                            ///< senders that speak in one conversation
  std::vector<Duration> gaps{search::kDefaultGap};  ///< between two messages; not negative
  faults::Kinds kinds = faults::default_kinds();    ///< that may strike, in any order
  /// How often a kind is drawn, by its name; 1 for those that are not named here.
  std::map<std::string, std::uint32_t> weights = {};
  /// Names of the app's cookies, in the order in which it sets them. `partial`, `foreign` and
  /// `forged` say by name what they do, so without names they are never drawn.
  std::vector<std::string> cookies = {};
  /// Seconds that `expire` waits, shortest first: about the lifetimes of the app's cookies. Where
  /// it strikes it waits for the cookie whose end is nearest to that.
  std::vector<std::int64_t> lifetimes{60, 4 * 60 * 60};
  std::size_t redirects = 1;  ///< deliveries that a message may take beside its first one
};

}  // namespace crumbproof::rapidcheck
