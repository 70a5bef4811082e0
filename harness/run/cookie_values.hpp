#pragma once

#include <crumbproof/twilio/answer_cookies.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crumbproof::run {

/// Which cookie values of one execution are the same, told by small numbers. Values are often
/// random, so executions that are otherwise alike have different ones; but the n-th new value is
/// the n-th new value in each.
class CookieValues {
 public:
  /// Numbers what an answer sets: one number for each of its Set-Cookies.
  std::vector<std::uint32_t> number(const twilio::AnswerCookies& cookies);
  /// The cookies of another execution's answer with this execution's values where it has met their
  /// numbers; the others' values are taken over, changed where they would be mistaken for another
  /// number's.
  twilio::AnswerCookies adopt(const twilio::AnswerCookies& cookies,
                              const std::vector<std::uint32_t>& numbers);
  /// The number of a value that number() or adopt() has met.
  [[nodiscard]] std::uint32_t number_of(std::string_view name, std::string_view value) const;

 private:
  struct Known {
    std::string name;
    std::string value;
  };

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name,
                                                  std::string_view value) const;

  /// Takes one over, whose number was not known.
  void learn(std::uint32_t number, Known known);

  /// By number, from 1. Of a number that adopt() has not met though it has met a later one there is
  /// nothing. They are few as a rule, and the latest are asked for most.
  std::vector<std::optional<Known>> known_;
  /// The numbers by a hash of name and value; empty where they are few.
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;
};

}  // namespace crumbproof::run
