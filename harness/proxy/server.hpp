#pragma once

#include <crumbproof/proxy/event.hpp>
#include <crumbproof/proxy/incoming.hpp>
#include <crumbproof/proxy/stage.hpp>
#include <crumbproof/twilio/url.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace crumbproof::proxy {

/// A webhook's body may be as large as that; a request with a larger one is passed through.
inline constexpr std::size_t kMostWebhookBytes = 1024 * 1024;
/// Connections of senders at a time; more wait.
inline constexpr std::size_t kMostConnections = 1000;

/// How the proxy listens, where it forwards to, and what it does.
struct Settings {
  std::string listen_address = "127.0.0.1";  ///< of IPv4 or IPv6
  std::uint16_t listen_port = 0;             ///< 0: a free one
  twilio::Url to;                            ///< scheme, host and port of the app
  StageSettings stage;
  std::string auth_token;                 ///< empty: signatures are left alone
  std::optional<twilio::Url> public_url;  ///< what the sender has signed
  std::optional<twilio::Url> app_url;     ///< what the app believes to have; nothing: `to`
  bool silent_loss = false;      ///< what is lost on purpose is not answered, rather than with 502
  bool refuse_unsigned = false;  ///< 403 for a webhook without a right signature
  std::chrono::milliseconds patience{60'000};  ///< with either side's silence, in real time
  std::chrono::milliseconds hold{3'000};       ///< the longest that a delivery waits for the next
  std::string ca_file;                         ///< PEM; empty: the system's authorities
  bool verify = true;                          ///< false: any certificate will do
};

/// What is told of the traffic, from within Server::run_for.
struct Hooks {
  /// A webhook has come, so long after the proxy began.
  std::function<void(const Incoming&, std::chrono::milliseconds)> on_webhook = {};
  std::function<void(const Event&)> on_event = {};
};

/// What was done in all.
struct Totals {
  std::uint64_t webhooks = 0;
  std::uint64_t others = 0;  ///< requests that are no webhooks
  std::size_t pairs = 0;
  std::uint64_t bad_signatures = 0;            ///< wrong ones and none
  std::array<std::uint64_t, kKinds> struck{};  ///< deliveries, by kind
};

/// The proxy. All of it runs in the thread that calls run_for().
class Server {
 public:
  /// Listens. Throws BadInput if the address cannot be listened at, or the CA file cannot be used.
  Server(const Settings& settings, Hooks hooks);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// As in `127.0.0.1:8080`.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] std::uint16_t port() const;
  /// Serves for that time.
  void run_for(std::chrono::milliseconds time);
  /// Takes no more connections, and ends those that wait for a request; returns whether none is
  /// left. Those with a request under way go on in run_for() until it is answered.
  bool finish();
  [[nodiscard]] Totals totals() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crumbproof::proxy
