#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace crumbproof::report {

/// The text; of one that is too long to be shown whole, its beginning and an ellipsis.
std::string excerpt(std::string_view text);

/// Two texts that differ, cut likewise, so that the place where they begin to differ is in both.
std::pair<std::string, std::string> excerpts(std::string_view one, std::string_view other);

}  // namespace crumbproof::report
