#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "zoo.hpp"

/// Every app of the zoo with its true verdict. Labels are derived by hand, from what the app does
/// and from the order of sizes (docs/reference.md, "Size"); no run of the tool has made any.
namespace crumbproof::zoo {

/// What is expected of a sound app.
inline constexpr const char* kSound = "sound";

/// What is said to most of them.
inline const std::vector<std::string> kPizza{"order", "2 large", "yes"};

/// An app, what is said to it, and what a check has to find.
struct Entry {
  std::string name = {};   ///< of the app; some have several scripts
  std::string shape = {};  ///< what is wrong with it, or what only looks so
  HandlerFactory app = {};
  std::vector<std::string> say = {};
  std::string expected = kSound;  ///< or the smallest counterexample, as `property: schedule`

  /// Of each message after the one before; the default gap where none is given.
  std::vector<std::chrono::milliseconds> gaps = {};
  std::string properties = {};  ///< as on the command line; empty: the default ones
  std::optional<std::string> faults = std::nullopt;  ///< likewise; an empty list: only those needed
  std::string url = "http://127.0.0.1/sms";
  bool over_http = false;  ///< one of those that are also served over HTTP
  bool slow = false;       ///< waits in real time, and is only served over HTTP
};

using Entries = std::vector<Entry>;

/// All of them, made anew; the seed is of what apps draw by themselves.
Entries registry(std::uint32_t seed = 1);

// By theme, each beside the apps of its own.

Entries classic_dependents();  ///< state, trust and crashes, in the plainest form
Entries lost_state();          ///< what goes with a missing cookie
Entries delayed_loss();        ///< what shows only later, or only after more than one fault
Entries old_copies();          ///< what comes back with an old cookie
Entries close_requests();      ///< known bugs of session stores
Entries attacked();            ///< cookie-authority, signature, cookie-transport
Entries promised();            ///< duplicate-safe, order, race
Entries plainly_sound();
Entries soundly_mended();  ///< what a dependent of the zoo becomes when it is mended
Entries varying(std::uint32_t seed);

}  // namespace crumbproof::zoo
