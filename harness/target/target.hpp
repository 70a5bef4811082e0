#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/twilio/http.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::target {

/// How a request to the app ended.
enum class Ending : std::uint8_t {
  answered,     ///< a whole HTTP answer came
  unreachable,  ///< no connection
  timed_out,    ///< no whole answer in time
  cut,          ///< the connection ended before the answer was whole
  malformed,    ///< what came is not HTTP
  too_large,    ///< the answer went over the bound on headers or body
};

/// Why there is no connection.
enum class Unreachable : std::uint8_t {
  refused,
  timed_out,    ///< no connection, or no end of the TLS handshake, in time
  unresolved,   ///< the host name is not known
  tls_failed,   ///< the handshake failed for another reason than the certificate
  tls_name,     ///< the certificate is for another host
  tls_expired,  ///< the certificate has expired, or is not valid yet
  tls_untrusted,
  other,
};

/// How long a request may take, in real time (Twilio's connection overrides ct, rt and tt).
struct Patience {
  std::chrono::milliseconds connect{5'000};  ///< TCP and TLS, together
  std::chrono::milliseconds read{15'000};    ///< to the first byte, and from one to the next
  /// Of all that the request takes, connecting included.
  std::chrono::milliseconds total{15'000};
};

/// What came of one request.
struct Exchange {
  Ending ending = Ending::answered;      ///< in which way it ended
  Unreachable why = Unreachable::other;  ///< only when unreachable
  bool began = false;                    ///< when not answered: some of an answer had come
  twilio::Response response;             ///< only when answered
  std::string detail;  ///< what was seen, in words; empty when an app answered by itself
  std::chrono::nanoseconds took{0};  ///< real time; never part of a trace
  std::string handlers = {};         ///< Answer::handlers
};

/// A request as a part of its execution.
struct Outgoing {
  twilio::Request request;     ///< as the app gets it
  Patience patience;           ///< how long it may take
  DeliveryNumber number = {};  ///< 0: a request that no message causes
  Instant at = {};             ///< when it arrives, in virtual time; never before the last one
  HandlerOrder order = {};     ///< of the handlers that run from now on
};

/// The state of an app at some moment. What kind of object it is, its target knows.
class Snapshot {
 public:
  Snapshot() = default;
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  virtual ~Snapshot() = default;
};

/// The app under test. An execution is one schedule on fresh pairs; its requests come one by one,
/// unless they are sent together.
class Target {
 public:
  Target() = default;
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  virtual ~Target() = default;

  /// A new execution starts: an app in this process is made anew.
  virtual void begin_execution() = 0;
  /// Sends one webhook request and waits for what comes of it.
  virtual Exchange send(const twilio::Request& request) = 0;
  /// The same with all that is known of it, for targets that can wait or live in virtual time.
  virtual Exchange send_outgoing(const Outgoing& outgoing) { return send(outgoing.request); }
  /// Whether several requests can be in flight at once.
  [[nodiscard]] virtual bool sends_together() const { return false; }
  /// Sends all of them, in this order and each before the answer to any is waited for. A target
  /// that cannot sends one after the other.
  virtual std::vector<Exchange> send_together(std::span<const Outgoing> requests);
  /// Whether the app lives in virtual time and the harness chooses which of its handlers runs next.
  /// What it answers is a function of the requests, of when they arrive and of that order then; the
  /// more so where requests are sent together.
  [[nodiscard]] virtual bool is_simulated() const { return false; }
  /// What the app's author should know of the last execution, in sentences; called when it is over.
  virtual std::vector<std::string> end_execution() { return {}; }
  /// The app's state after the last request, if it can be had; else null.
  [[nodiscard]] virtual std::shared_ptr<const Snapshot> save() const { return nullptr; }
  /// Begins a new execution in that state, which save() of this target gave.
  virtual void restore(const Snapshot& /*state*/) {}
};

}  // namespace crumbproof::target
