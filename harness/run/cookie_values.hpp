#pragma once

#include <crumbproof/twilio/http.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crumbproof::run {

/// Which cookie values of one execution are the same, told by small numbers. Values are often
/// random, so executions that are otherwise alike have different ones; but the n-th new value is
/// the n-th new value in each.
class CookieValues {
 public:
  /// Numbers what these headers of an answer set: one number for each Set-Cookie among them.
  std::vector<std::uint32_t> number(const std::vector<twilio::Field>& headers);
  /// The headers of another execution's answer with this execution's values where it has met their
  /// numbers; the others' values are taken over, changed where they would be mistaken for another
  /// number's.
  std::vector<twilio::Field> adopt(std::vector<twilio::Field> headers,
                                   const std::vector<std::uint32_t>& numbers);
  /// The number of a value that number() or adopt() has met.
  [[nodiscard]] std::uint32_t number_of(const std::string& name, const std::string& value) const;

 private:
  using NameAndValue = std::pair<std::string, std::string>;

  std::map<NameAndValue, std::uint32_t> numbers_;
  std::map<std::uint32_t, NameAndValue> values_;
};

}  // namespace crumbproof::run
