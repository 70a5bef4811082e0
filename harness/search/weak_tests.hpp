#pragma once

#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/inquiry.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::search {

/// Why a pass of this check is worth little, a sentence each; empty for a pass that is worth
/// something. Asks the app each body of the scripts as a first message.
std::vector<std::string> weak_test_warnings(Inquiry& inquiry, const Conversations& conversations);

/// Whether such a warning is that something was never seen, which no longer holds as soon as
/// another part of the same search has seen it.
bool says_that_nothing_was_seen(std::string_view warning);

}  // namespace crumbproof::search
