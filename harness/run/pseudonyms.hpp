#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::run {

/// The names under which one execution's own numbers and SIDs stand in its trace, so that traces of
/// different pairs and runs can be compared. They stand in braces, which neither
/// numbers nor SIDs nor URLs contain, so that they can be told from the text around them.
class Pseudonyms {
 public:
  /// From now on `real` stands as `name`. Longer ones are looked for first.
  void add(std::string real, std::string name);
  /// A number in E.164: as it is, without its plus, without its country code (+1 only), and the way
  /// Americans write it.
  void add_number(const std::string& e164, const std::string& name);

  /// The text with the real values replaced by their names.
  [[nodiscard]] std::string hide(std::string_view text) const;
  /// The text with the names replaced by the real values.
  [[nodiscard]] std::string reveal(std::string_view text) const;

 private:
  struct Entry {
    std::string real;
    std::string name;
  };

  std::vector<Entry> entries_;  // by falling length of `real`
};

}  // namespace crumbproof::run
