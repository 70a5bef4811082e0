#pragma once

#include <crumbproof/target/target.hpp>

#include <stdexcept>
#include <string>

namespace crumbproof::http {

/// Why a request got no whole answer; for what reads answers. What it says is part of traces,
/// so it says the same each time that the app does the same: no counts of bytes, nothing of which
/// connection it was, nor whether that was closed or reset.
class ExchangeFailed : public std::runtime_error {
 public:
  ExchangeFailed(target::Ending ending, const std::string& detail)
      : std::runtime_error(detail), ending_(ending) {}
  /// There was no connection.
  ExchangeFailed(target::Unreachable why, const std::string& detail)
      : std::runtime_error(detail), ending_(target::Ending::unreachable), why_(why) {}

  [[nodiscard]] target::Ending ending() const { return ending_; }
  [[nodiscard]] target::Unreachable why() const { return why_; }

 private:
  target::Ending ending_;
  target::Unreachable why_ = target::Unreachable::other;
};

}  // namespace crumbproof::http
