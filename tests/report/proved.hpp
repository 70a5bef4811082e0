#pragma once

#include <crumbproof/search/result.hpp>

namespace crumbproof::report::sample {

/// The exhausted check of a sound app which sets a cookie that it does not need: "order", "yes",
/// with everything that is on by default.
const search::CheckResult& proved();

}  // namespace crumbproof::report::sample
