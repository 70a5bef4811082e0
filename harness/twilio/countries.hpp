#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace crumbproof::twilio {

/// Where a number is from, as a webhook says it (FromCity and so on). The same for all numbers of a
/// country: were it looked up by area code, an app that repeats it would answer two runs on
/// different numbers differently.
struct Place {
  std::string_view city;   ///< FromCity
  std::string_view state;  ///< FromState: of two letters where the country has them
  std::string_view zip;    ///< FromZip
};

/// A country whose numbers can write to the app.
struct Country {
  std::string_view code;     ///< ISO 3166-1 alpha-2
  std::string_view calling;  ///< with its plus, as in `+44`
  /// What a sender's number begins with, as a text of +, digits; and how many digits follow.
  std::span<const std::string_view> prefixes;
  int free_digits = 0;  ///< after the prefix
  Place place;          ///< of all its senders
};

/// All of them, the United States first.
std::span<const Country> countries();
/// Null for a code that is not known.
const Country* find_country(std::string_view code);
/// The country of a number in E.164; null where it is not known, or the number is a short code.
const Country* country_of(std::string_view number);

}  // namespace crumbproof::twilio
