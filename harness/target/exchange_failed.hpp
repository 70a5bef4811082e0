#pragma once

#include <crumbproof/target/target.hpp>

#include <stdexcept>
#include <string>

namespace crumbproof::target {

/// Why a request got no whole answer; of use inside this room only. What it says is part of traces,
/// so it says the same each time that the app does the same: no counts of bytes, nothing of which
/// connection it was, nor whether that was closed or reset.
class ExchangeFailed : public std::runtime_error {
 public:
  ExchangeFailed(Ending ending, const std::string& detail)
      : std::runtime_error(detail), ending_(ending) {}
  /// There was no connection.
  ExchangeFailed(Unreachable why, const std::string& detail)
      : std::runtime_error(detail), ending_(Ending::unreachable), why_(why) {}

  [[nodiscard]] Ending ending() const { return ending_; }
  [[nodiscard]] Unreachable why() const { return why_; }

 private:
  Ending ending_;
  Unreachable why_ = Unreachable::other;
};

}  // namespace crumbproof::target
