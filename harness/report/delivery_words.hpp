#pragma once

#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace crumbproof::report {

/// The deliveries of an execution in words, in which the app's and the user's are quoted as they
/// are.
class DeliveryWords {
 public:
  /// Both must outlive this object.
  DeliveryWords(const Schedule& schedule, const Trace& trace);

  /// What is delivered: `"order"`, `retry of "order"`, `redirect for "order": POST /sms?step=2`.
  [[nodiscard]] std::string title(const Delivery& delivery) const;
  /// A fault that struck there, and what it did: `missing: the Cookie header was withheld`.
  [[nodiscard]] std::string fault(const std::string& kind, const Delivery& delivery) const;
  /// The cookies of the delivery at that index of the trace: `Cookie: sid from delivery 1`; empty
  /// where a fault at this very delivery says it.
  [[nodiscard]] std::string cookies(std::size_t index) const;
  /// That it was triggered before an earlier answer was received, in brackets; empty: it was not.
  /// Cookies are read when a delivery is triggered, so what an answer brings later is not in them.
  [[nodiscard]] std::string overtaken(std::size_t index) const;
  /// What the sender got in the end where this delivery decided it; else what came of it.
  [[nodiscard]] std::string reply(std::size_t index) const;

 private:
  /// The URL; only its path where the rest is as at the start.
  [[nodiscard]] std::string place(const std::string& url) const;

  const Schedule& schedule_;
  const Trace& trace_;
  bool several_pairs_ = false;
};

}  // namespace crumbproof::report
