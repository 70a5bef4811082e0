#pragma once

#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/inquiry.hpp>

#include <string>
#include <vector>

namespace crumbproof::search {

/// Why a pass of this check is worth little, a sentence each; empty for a pass that is worth
/// something. Asks the app each body of the scripts as a first message.
std::vector<std::string> weak_test_warnings(Inquiry& inquiry, const Conversations& conversations);

}  // namespace crumbproof::search
