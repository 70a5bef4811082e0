#include <crumbproof/cli/values.hpp>
#include <crumbproof/properties/masks.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>
#include <crumbproof/twilio/assumptions.hpp>
#include <crumbproof/twilio/countries.hpp>
#include <crumbproof/twilio/delivery_policy.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::cli {

namespace {

constexpr std::string_view kDigits = "0123456789";

bool consists_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

bool has_length(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most;
}

bool is_sid(std::string_view text, std::string_view prefix) {
  constexpr std::size_t kLength = 34;
  return text.size() == kLength && text.starts_with(prefix) &&
         consists_of(text.substr(prefix.size()), "0123456789abcdef");
}

}  // namespace

search::Strategy parse_strategy(std::string_view text) {
  // In the order of the enumeration.
  const auto chosen = parse_name_list(text, {"strategy", {"auto", "exhaustive", "random"}});
  if (chosen.size() != 1) throw BadInput("name one strategy: auto, exhaustive or random");
  return static_cast<search::Strategy>(chosen.front());
}

std::string checked_body(std::string text) {
  constexpr std::size_t kMostCharacters = 1600;
  const std::size_t length = twilio::decode_utf8(text).size();
  if (length > kMostCharacters) {
    throw BadInput(
        fmt::format("a message of {} characters is longer than an SMS, which has at most "
                    "{}",
                    length, kMostCharacters));
  }
  return text;
}

std::string checked_pattern(std::string text) {
  if (text.empty()) throw BadInput("an empty regular expression would mask nothing");
  [[maybe_unused]] const properties::Masks masks({text});
  return text;
}

std::string checked_cookie_pattern(std::string text) {
  if (text.empty() || text.find_first_of(" ,;=\t\r\n") != std::string::npos) {
    throw BadInput(fmt::format(
        "{:?} is no name of a cookie; write it as in sid, or with * for any text, as in sess*",
        text));
  }
  return text;
}

std::string checked_method(std::string text) {
  if (text != "POST" && text != "GET") {
    throw BadInput(fmt::format("{:?} is neither POST nor GET", text));
  }
  return text;
}

std::string checked_number(std::string text) {
  const std::string_view digits = std::string_view(text).substr(text.starts_with('+') ? 1 : 0);
  const bool e164 = text.starts_with('+') && has_length(digits, 8, 15) && digits.front() != '0';
  const bool short_code = !text.starts_with('+') && has_length(digits, 3, 8);
  if ((!e164 && !short_code) || !consists_of(digits, kDigits)) {
    throw BadInput(fmt::format(
        "{:?} is no phone number; write it like +15005550006, or as a short code like 20123",
        text));
  }
  return text;
}

Channel parse_channel(std::string_view text) {
  // In the order of the enumeration.
  const auto chosen = parse_name_list(text, {"channel", {"sms", "whatsapp"}});
  if (chosen.size() != 1) throw BadInput("name one channel: sms or whatsapp");
  return static_cast<Channel>(chosen.front());
}

std::string checked_country(std::string text) {
  if (twilio::find_country(text) != nullptr) return text;
  std::vector<std::string_view> known;
  for (const twilio::Country& country : twilio::countries()) known.push_back(country.code);
  throw BadInput(fmt::format("no senders of the country {:?} are known; there are {}", text,
                             fmt::join(known, ", ")));
}

std::string checked_service_sid(std::string text) {
  if (!is_sid(text, "MG")) {
    throw BadInput(fmt::format(
        "{:?} is no SID of a Messaging Service, which is MG and 32 digits of 0-9 and a-f", text));
  }
  return text;
}

std::string checked_media_type(std::string text) {
  const std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string::npos || slash + 1 == text.size() ||
      !consists_of(text, "abcdefghijklmnopqrstuvwxyz0123456789/.+-")) {
    throw BadInput(fmt::format("{:?} is no content type; write it like image/jpeg", text));
  }
  return text;
}

std::string checked_assumptions(std::string text) {
  twilio::parse_assumptions(text);
  return text;
}

std::string checked_account_sid(std::string text) {
  if (!is_sid(text, "AC")) {
    throw BadInput(
        fmt::format("{:?} is no account SID, which is AC and 32 digits of 0-9 and a-f", text));
  }
  return text;
}

std::string checked_run_id(std::string text) {
  constexpr std::size_t kMostCharacters = 64;
  if (!has_length(text, 1, kMostCharacters) ||
      !consists_of(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._")) {
    throw BadInput(fmt::format(
        "{:?} is no run id, which is 1 to {} letters, digits, dashes, dots and underscores", text,
        kMostCharacters));
  }
  return text;
}

std::string checked_command(std::string text) {
  if (consists_of(text, " \t\r\n")) throw BadInput("the command is empty");
  return text;
}

std::string checked_overrides(std::string text) {
  twilio::DeliveryPolicy::parse(text);
  return text;
}

}  // namespace crumbproof::cli
