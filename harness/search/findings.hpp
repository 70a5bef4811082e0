#pragma once

#include <crumbproof/properties/property.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/confirm.hpp>
#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/result.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::search {

/// What a search has found, confirmed and written down, and what that says of each property.
class Findings {
 public:
  /// Both must outlive this object.
  Findings(const CheckSettings& settings, Inquiry& inquiry)
      : settings_(settings), inquiry_(inquiry) {}

  /// Confirms a finding and writes it down. `certified`: everything smaller was run or proved
  /// equivalent.
  void take(const Finding& finding, bool certified);
  /// Whether there is anything left to look for.
  [[nodiscard]] bool wants_more() const;

  [[nodiscard]] const std::vector<Counterexample>& counterexamples() const {
    return counterexamples_;
  }
  /// Why one property is neither broken nor holds, in a sentence; of several the first one.
  [[nodiscard]] std::optional<std::string> doubt() const;
  /// What is known of each property when the check as a whole has this verdict, for that reason.
  [[nodiscard]] std::vector<PropertyVerdict> verdicts(Verdict whole,
                                                      const std::string& reason) const;

 private:
  [[nodiscard]] bool still_broken(const Finding& finding,
                                  const properties::Property& property) const;
  void write_down(const Finding& finding, const properties::Property& property,
                  const Confirmation& confirmation, bool certified);

  const CheckSettings& settings_;
  Inquiry& inquiry_;
  std::vector<Counterexample> counterexamples_;
  std::map<const properties::Property*, PropertyVerdict> known_;
};

}  // namespace crumbproof::search
