#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::proxy {

/// Replaces what people wrote by words of the same shape: as long, capitals where there were some,
/// digits for digits, everything between words as it was. The same word always gets the same
/// replacement, whatever its case. Twilio's keywords (STOP, YES, HELP and their like), "no",
/// numbers of up to two digits and the words to keep stay.
class Anonymizer {
 public:
  /// The key decides on the replacements; drawn by chance and thrown away, no one can try words
  /// until they fit.
  Anonymizer(std::uint64_t key, const std::vector<std::string>& keep);

  /// The replacement of a text, which is UTF-8.
  [[nodiscard]] std::string replace(std::string_view text) const;

 private:
  [[nodiscard]] std::string replace_word(std::string_view word) const;

  std::uint64_t key_;
  std::set<std::string> keep_;  ///< in lower case
};

}  // namespace crumbproof::proxy
