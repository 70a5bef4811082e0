#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../zoo/zoo.hpp"
#include "stage.hpp"
#include <rapidcheck.h>

/// Conversations, faults and senders at random, and apps that answer each execution by itself.
namespace crumbproof::run {

struct ZooApp {
  std::string name;
  target::HandlerFactory (*make)();
};

inline const std::vector<ZooApp>& apps() {
  static const std::vector<ZooApp> kApps{
      {"keeps_by_pair", zoo::keeps_by_pair},
      {"caches_with_version", zoo::caches_with_version},
      {"reloads_by_redirect", zoo::reloads_by_redirect},
      {"echoes_numbers", zoo::echoes_numbers},
      {"sets_cookie_reads_none", zoo::sets_cookie_reads_none},
      {"rolls_its_session", zoo::rolls_its_session},
      {"keeps_in_session", zoo::keeps_in_session},
      {"keeps_in_cookie", zoo::keeps_in_cookie},
      {"needs_both_cookies", zoo::needs_both_cookies},
      {"crashes_without_cookie", zoo::crashes_without_cookie},
      {"loops_without_cookie", zoo::loops_without_cookie},
      {"dies_of_old_deletion", zoo::dies_of_old_deletion},
      {"short_lived_cookie", zoo::short_lived_cookie},
      {"remembers_sids_in_cookie", zoo::remembers_sids_in_cookie}};
  return kApps;
}

/// A drawn conversation with drawn faults.
struct Drawn {
  std::vector<Message> messages;
  std::vector<std::uint32_t> numbers;
};

inline Drawn draw() {
  Drawn drawn;
  Instant now;
  const auto length = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t n = 0; n < length; ++n) {
    drawn.messages.push_back(
        {PairIndex(*rc::gen::inRange<std::uint32_t>(0, 2)),
         *rc::gen::element<std::string>("order", "2 large", "yes", "bye", "status"), now});
    now += *rc::gen::element(Duration(60), Duration(1000), Duration(10'000),
                             Duration(std::chrono::hours(5)));
  }
  drawn.numbers = *rc::gen::container<std::vector<std::uint32_t>>(
      20, rc::gen::weightedOneOf<std::uint32_t>(
              {{2, rc::gen::just<std::uint32_t>(0)}, {1, rc::gen::inRange<std::uint32_t>(1, 9)}}));
  return drawn;
}

inline SenderSettings drawn_sender() {
  SenderSettings settings = sender();
  settings.policy = twilio::DeliveryPolicy::parse(
      *rc::gen::element<std::string>("", "rt=5000&rp=all", "rc=3&rp=5xx,ct"));
  if (*rc::gen::arbitrary<bool>()) settings.fallback = twilio::Url::parse("http://app.test/fall");
  return settings;
}

/// Of a drawn execution.
inline constexpr std::size_t kMostFaults = 4;

}  // namespace crumbproof::run
