#pragma once

#include <crumbproof/sim/text.hpp>
#include <crumbproof/twilio/url.hpp>

#include <utility>

namespace crumbproof::run {

/// Where webhooks go, in parts and as it is shown.
struct Destination {
  twilio::Url url;
  Text text;  ///< without user, password and fragment

  Destination() = default;
  explicit Destination(twilio::Url where)
      : url(std::move(where)), text(url.without_user_and_fragment()) {}

  friend bool operator==(const Destination& one, const Destination& other) {
    return one.url == other.url;
  }
};

}  // namespace crumbproof::run
