#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <hold.hpp>

namespace crumbproof::fuzz {

void hold(bool holds, std::string_view what) {
  if (holds) return;
  fmt::print(stderr, "fuzz: does not hold: {}\n", what);
  std::abort();
}

void hold_one_line(std::string_view complaint) {
  const bool has_control =
      std::ranges::any_of(complaint, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
  if (complaint.empty() || has_control || twilio::valid_utf8(complaint) != complaint) {
    hold(false, fmt::format("a complaint is one line of text: {:?}", complaint));
  }
}

}  // namespace crumbproof::fuzz
