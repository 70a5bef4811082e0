#pragma once

#include <crumbproof/http/rate_limit.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/url.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::http {

/// Bounds on what one request may take.
struct HttpLimits {
  std::chrono::milliseconds timeout{15'000};  ///< real time: connect, send and read together
  std::size_t header_bytes = 256 * 1024;      ///< of an answer's headers together
  std::size_t body_bytes = 1024 * 1024;       ///< of an answer's body
};

/// A way round: requests to the scheme, host and port of `public_url`, which the app believes to
/// have, go to the host and port of `connect_to`, over TLS if that is https. The app sees what it
/// sees behind a proxy: the public Host header, X-Forwarded-Proto and X-Forwarded-Host.
struct Route {
  twilio::Url public_url;  ///< what the app believes to be asked
  twilio::Url connect_to;  ///< where it listens
};

/// Whom to trust over https. The name that a certificate has to be for is the one connected to.
struct TlsOptions {
  std::string ca_file;  ///< PEM; trusted instead of this system's CAs, if not empty
  bool verify = true;   ///< false: any certificate will do
};

/// How an app is reached over http and https.
struct HttpOptions {
  HttpLimits limits;                     ///< an answer beyond them is none
  std::optional<Route> route;            ///< nothing: each request goes where its URL says
  TlsOptions tls;                        ///< for https
  std::shared_ptr<RateLimit> rate = {};  ///< shared by all that ask the app; null: none
  /// A host name leads to the addresses that it had first, and never to this machine; only
  /// `localhost` does.
  bool keeps_to_addresses = false;
};

/// An app that listens on http or https. Keeps connections alive, one for each scheme, host and
/// port; but uses each once where an app has sent what no request had asked for, since that could
/// be taken for the next answer. A reused connection that ends before the first byte of an answer
/// is no failure of the app (servers close idle connections): the request goes out again on a new
/// one, once. For one thread.
class HttpTarget final : public target::Target {
 public:
  /// Throws BadInput if the CA file holds no certificate.
  explicit HttpTarget(HttpOptions options = {});
  ~HttpTarget() override;
  HttpTarget(const HttpTarget&) = delete;
  HttpTarget& operator=(const HttpTarget&) = delete;

  void begin_execution() override {}
  /// Connects to the host and port of the request's URL, or where the route leads. Throws BadInput
  /// for a URL that is none.
  target::Exchange send(const twilio::Request& request) override;
  /// Waits for no longer than both the limits and the patience allow.
  target::Exchange send_outgoing(const target::Outgoing& outgoing) override;
  [[nodiscard]] bool sends_together() const override { return true; }
  /// Each on a connection of its own; all are open before the first request goes out. They are
  /// closed afterwards (Connection: close, RFC 9112 section 9.6), unless the server has shown that
  /// it answers on one connection while another one is open.
  std::vector<target::Exchange> send_together(std::span<const target::Outgoing> requests) override;
  /// That the app has sent what no request had asked for, if it has.
  std::vector<std::string> end_execution() override;

 private:
  class Client;
  std::unique_ptr<Client> client_;
};

}  // namespace crumbproof::http
