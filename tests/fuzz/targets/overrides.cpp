#include <crumbproof/twilio/delivery_policy.hpp>

#include <string>

#include <fmt/format.h>
#include <hold.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using twilio::DeliveryPolicy;

bool is_within(Duration time, int least, int most) {
  return time >= Duration(least) && time <= Duration(most);
}

std::string list_of(const DeliveryPolicy& policy) {
  std::string list;
  const auto add = [&](bool is_set, std::string_view name) {
    if (is_set) list += fmt::format("{}{}", list.empty() ? "" : ",", name);
  };
  add(policy.retry_connect, "ct");
  add(policy.retry_no_response, "rt");
  add(policy.retry_client_error, "4xx");
  add(policy.retry_server_error, "5xx");
  return list;
}

}  // namespace

void fuzz_overrides(std::string_view input) {
  const auto policy = read_or_complain([&] { return DeliveryPolicy::parse(input); });
  if (!policy) return;
  hold(is_within(policy->connect_timeout, 100, 10'000), "ct is within its range");
  hold(is_within(policy->read_timeout, 100, 15'000), "rt is within its range");
  hold(is_within(policy->total_timeout, 100, 15'000), "tt is within its range");
  hold(policy->retries >= 0 && policy->retries <= 5, "rc is within its range");
  const std::string list = list_of(*policy);
  hold(!list.empty(), "a list of retry policies names one at least");
  const std::string all = fmt::format("ct={}&rt={}&tt={}&rc={}&rp={}",
                                      policy->connect_timeout.count(), policy->read_timeout.count(),
                                      policy->total_timeout.count(), policy->retries, list);
  hold(DeliveryPolicy::parse(all) == *policy, "a policy that is written reads back the same");
}

}  // namespace crumbproof::fuzz
