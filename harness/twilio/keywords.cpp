#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/keywords.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace crumbproof::twilio {

namespace {

constexpr std::array<std::string_view, 8> kStop{"stop", "stopall", "unsubscribe", "cancel",
                                                "end",  "quit",    "revoke",      "optout"};
constexpr std::array<std::string_view, 3> kStart{"start", "yes", "unstop"};
constexpr std::array<std::string_view, 2> kHelp{"help", "info"};

}  // namespace

Keyword keyword_of(std::string_view body) {
  const std::string word = lower_case(trim(body));
  if (std::ranges::find(kStop, word) != kStop.end()) return Keyword::stop;
  if (std::ranges::find(kStart, word) != kStart.end()) return Keyword::start;
  if (std::ranges::find(kHelp, word) != kHelp.end()) return Keyword::help;
  return Keyword::none;
}

std::string_view to_string(Keyword keyword) {
  switch (keyword) {
    case Keyword::stop:
      return "STOP";
    case Keyword::start:
      return "START";
    case Keyword::help:
      return "HELP";
    case Keyword::none:
      break;
  }
  return "";
}

}  // namespace crumbproof::twilio
