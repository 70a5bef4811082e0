#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>
#include <crumbproof/twilio/delivery_policy.hpp>
#include <crumbproof/twilio/error_codes.hpp>

#include <array>
#include <charconv>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::twilio {

namespace {

[[noreturn]] void fail(std::string_view key, std::string_view what, int code = 0) {
  const std::string known = code == 0 ? "" : fmt::format("; Twilio error {}", code);
  throw BadInput(fmt::format("connection override {}: {}{}", key, what, known));
}

/// The unit is empty for a plain number.
struct Range {
  int least;
  int most;
  std::string_view unit;
};

constexpr Range kConnectMillis{100, 10'000, " ms"};
constexpr Range kReadMillis{100, 15'000, " ms"};
constexpr Range kTotalMillis{100, 15'000, " ms"};
constexpr Range kRetries{0, 5, ""};

int parse_number(std::string_view key, std::string_view value, Range range) {
  int number = 0;
  const char* const end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < range.least || number > range.most) {
    fail(key, fmt::format("{:?} is no whole number from {} to {}{}", value, range.least, range.most,
                          range.unit));
  }
  return number;
}

/// Which of the known names a comma-separated list has.
std::vector<std::size_t> parse_list(std::string_view key, std::string_view value,
                                    const KnownNames& names, int code) {
  try {
    return parse_name_list(value, names);
  } catch (const BadInput& error) {
    fail(key, fmt::format("{} (known: {})", error.what(), fmt::join(names.known, ", ")), code);
  }
}

void parse_retry_policies(std::string_view value, DeliveryPolicy& policy) {
  // Each flag with the name that sets it; `all` is known as well and sets every one.
  struct Policy {
    std::string_view name;
    bool DeliveryPolicy::*flag;
  };
  constexpr std::array kPolicies{Policy{"4xx", &DeliveryPolicy::retry_client_error},
                                 Policy{"5xx", &DeliveryPolicy::retry_server_error},
                                 Policy{"ct", &DeliveryPolicy::retry_connect},
                                 Policy{"rt", &DeliveryPolicy::retry_no_response}};
  KnownNames names{"retry policy", {}};
  for (const Policy& known : kPolicies) names.known.push_back(known.name);
  names.known.emplace_back("all");

  for (const Policy& known : kPolicies) policy.*known.flag = false;
  for (const std::size_t chosen : parse_list("rp", value, names, code::kBadRetryPolicy)) {
    for (std::size_t i = 0; i < kPolicies.size(); ++i) {
      if (chosen == i || chosen == kPolicies.size()) policy.*kPolicies.at(i).flag = true;
    }
  }
}

void check_edges(std::string_view value) {
  const KnownNames edges{
      "edge",
      {"ashburn", "dublin", "frankfurt", "sao-paulo", "singapore", "sydney", "tokyo", "umatilla",
       "ashburn-ix", "frankfurt-ix", "london-ix", "san-jose-ix", "singapore-ix"}};
  parse_list("e", value, edges, code::kBadEdge);
}

void apply(std::string_view key, std::string_view value, DeliveryPolicy& policy) {
  if (key == "ct") {
    policy.connect_timeout = Duration(parse_number(key, value, kConnectMillis));
  } else if (key == "rt") {
    policy.read_timeout = Duration(parse_number(key, value, kReadMillis));
  } else if (key == "tt") {
    policy.total_timeout = Duration(parse_number(key, value, kTotalMillis));
  } else if (key == "rc") {
    policy.retries = parse_number(key, value, kRetries);
  } else if (key == "rp") {
    parse_retry_policies(value, policy);
  } else if (key == "sni") {
    if (value != "y" && value != "n") fail(key, fmt::format("{:?} is neither y nor n", value));
  } else if (key == "e") {
    check_edges(value);
  } else {
    throw BadInput(fmt::format("there is no connection override {:?}; did you mean {:?}?", key,
                               nearest(key, {"ct", "rt", "tt", "rc", "rp", "sni", "e"})));
  }
}

}  // namespace

DeliveryPolicy DeliveryPolicy::parse(std::string_view overrides) {
  DeliveryPolicy policy;
  if (overrides.empty()) return policy;
  while (true) {
    const std::size_t ampersand = overrides.find('&');
    const std::string_view pair = overrides.substr(0, ampersand);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) {
      throw BadInput(fmt::format(
          "the connection override {:?} has no value; they are written like rc=2&rp=5xx,rt", pair));
    }
    apply(pair.substr(0, equals), pair.substr(equals + 1), policy);
    if (ampersand == std::string_view::npos) return policy;
    overrides.remove_prefix(ampersand + 1);
  }
}

bool DeliveryPolicy::retries_after(Failure failure) const {
  switch (failure) {
    case Failure::connect:
      return retry_connect;
    case Failure::no_response:
      return retry_no_response;
    case Failure::client_error:
      return retry_client_error;
    case Failure::server_error:
      return retry_server_error;
    case Failure::none:
    case Failure::partial:
      return false;
  }
  return false;
}

}  // namespace crumbproof::twilio
