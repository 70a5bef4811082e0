#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/search/result.hpp>

#include <string>
#include <vector>

namespace crumbproof::report::sample {

/// A pizza order on one pair: "order", "2 large", answered from a cookie alone.
Schedule schedule();
/// What it comes to with the cookie of delivery 2 withheld.
Trace actual();
Trace expected();
properties::Difference difference();

/// A check that found it.
search::CheckResult fail();
/// A check that found nothing.
search::CheckResult pass();
RunInfo info();

/// A delivery of message `message` (from 0) that is answered within 100 ms.
Delivery delivery(std::uint32_t number, std::uint32_t message, std::int64_t arrived_ms);
/// What is sent back in the end to message `message`, decided by delivery `last`.
Outcome outcome(std::uint32_t message, std::uint32_t last, const std::string& reply);

}  // namespace crumbproof::report::sample
