#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::html {

/// The text as content of an element or of an attribute in double quotes.
std::string escaped(std::string_view text);
/// What an app or a user says, on one line: harmless as on a terminal (report/text.hpp), so that
/// nothing in it can turn the direction of a line or hide, and escaped.
std::string verbatim(std::string_view text);
/// Likewise a sentence of ours in which others may be quoted.
std::string sentence(std::string_view text);
/// Likewise a text of several lines, for <pre>.
std::string preformatted(std::string_view text);

/// The JSON as content of a <script>, where nothing can end the element
/// (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements).
std::string data_block(const nlohmann::ordered_json& json);

/// As the source list of a Content-Security-Policy names this very style sheet or script.
std::string policy_hash(std::string_view content);

}  // namespace crumbproof::html
