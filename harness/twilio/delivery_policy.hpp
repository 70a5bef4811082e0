#pragma once

#include <crumbproof/sim/clock.hpp>

#include <cstdint>
#include <string_view>

namespace crumbproof::twilio {

/// How a webhook request failed, as far as retry policies tell failures apart.
enum class Failure : std::uint8_t {
  none,          ///< a whole answer with status 2xx or 3xx came
  connect,       ///< no connection or TLS handshake in time
  no_response,   ///< connected, but no first byte in time
  partial,       ///< the answer began and did not end; never retried
  client_error,  ///< status 4xx
  server_error,  ///< status 5xx
};

/// Time-outs and retries of one webhook URL: Twilio's connection overrides
/// (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides), which stand in the
/// fragment of the configured URL. Times are virtual where the harness makes the fault.
struct DeliveryPolicy {
  Duration connect_timeout{5'000};  ///< `ct`, per attempt
  Duration read_timeout{15'000};    ///< `rt`, to the first byte and between packets
  Duration total_timeout{15'000};   ///< `tt`, all attempts together
  int retries = 1;                  ///< `rc`, after the first attempt
  bool retry_connect = true;        ///< `rp=ct`
  bool retry_no_response = false;   ///< `rp=rt`
  bool retry_client_error = false;  ///< `rp=4xx`
  bool retry_server_error = false;  ///< `rp=5xx`

  /// Reads overrides such as "rc=2&rp=5xx,rt"; empty text leaves every default. `sni` and `e` are
  /// checked and have no effect here. Throws BadInput that names the key, what is wrong with its
  /// value and which values there are.
  static DeliveryPolicy parse(std::string_view overrides);

  /// Whether the policy repeats a request that failed so, as far as the kind of failure decides.
  [[nodiscard]] bool retries_after(Failure failure) const;

  friend bool operator==(const DeliveryPolicy&, const DeliveryPolicy&) = default;
};

}  // namespace crumbproof::twilio
