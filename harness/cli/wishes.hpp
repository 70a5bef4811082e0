#pragma once

#include <crumbproof/search/check.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::cli {

/// A URL and where it was given, as in `--probe` or `shop.yaml:12: probe`, since whether it is
/// allowed shows only later.
struct PlacedUrl {
  std::string text;
  std::string place;
};

/// What can be asked for both on the command line and in a scenario file. What was not asked for
/// there is not set.
struct Wishes {
  std::optional<std::vector<search::Script>> scripts;
  std::optional<std::vector<std::string>> alphabet;
  std::optional<std::size_t> max_messages;
  std::optional<std::size_t> max_faults;
  std::optional<std::size_t> overlap_tries;
  std::optional<faults::Kinds> kinds;
  std::optional<properties::Properties> properties;
  std::optional<search::Strategy> strategy;
  std::optional<std::uint64_t> budget;  ///< deliveries
  std::optional<std::chrono::milliseconds> time_limit;
  std::optional<std::vector<std::string>> ignore;
  std::optional<std::vector<std::string>> redact;  ///< names of cookies, as patterns
  std::optional<PlacedUrl> probe;
  std::optional<std::string> before_each;
  std::optional<std::string> method;
  std::optional<PlacedUrl> fallback;
  std::optional<std::string> overrides;
  std::optional<Channel> channel;
  std::optional<std::string> country;
  std::optional<std::string> messaging_service;
  std::optional<bool> advanced_opt_out;
  std::optional<std::string> assume;  ///< a list of names
};

/// `first`, and of what it leaves open `second`.
Wishes over(const Wishes& first, const Wishes& second);

/// The settings of a check as wished, with the contract's defaults. Throws BadInput if nothing is
/// said in it at all.
search::CheckSettings check_settings(const Wishes& wishes, std::uint64_t seed, bool keep_going);

}  // namespace crumbproof::cli
