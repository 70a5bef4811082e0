#pragma once

#include <string>
#include <string_view>

namespace crumbproof::phone {

/// A file of harness/phone/page as the browser gets it.
struct PageFile {
  std::string_view path;  ///< where it is asked for, as in `/phone.js`
  std::string_view type;  ///< Content-Type
  std::string_view text;  ///< of the page itself with a place for the token
};

/// The file at that path; null if there is none.
const PageFile* find_page_file(std::string_view path);

/// Where the page has the place for its token.
inline constexpr std::string_view kTokenPlace = "{{token}}";

}  // namespace crumbproof::phone
