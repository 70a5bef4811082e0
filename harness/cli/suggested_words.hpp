#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::cli {

/// What a reply asks its reader to say, most likely first, each once: what stands in quotes, the
/// words in capitals, the word after "reply", "text", "send", "say", "type" or "answer", the
/// numbers of a menu. A guess, for a person to look over.
std::vector<std::string> suggested_words(std::string_view reply);

}  // namespace crumbproof::cli
