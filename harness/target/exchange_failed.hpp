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

  [[nodiscard]] Ending ending() const { return ending_; }

 private:
  Ending ending_;
};

}  // namespace crumbproof::target
