#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;
}

namespace crumbproof::twilio {

/// Parses a text into `document`, with whitespace kept; what is wrong with it, in words, if it is
/// no well-formed XML (https://www.w3.org/TR/xml). Looks closer than pugixml, which takes much that
/// Twilio answers with error 12100: a bare '&', an entity that is not declared, a second root, a
/// repeated attribute, characters that XML does not have.
///
/// Neither this nor pugixml ever fetches or expands what a document type declares. Neither recurses
/// into elements, so nesting costs memory in proportion to the text and no stack.
std::optional<std::string> load_strictly(pugi::xml_document& document, std::string_view text);

}  // namespace crumbproof::twilio
