#pragma once

#include <string_view>

namespace crumbproof::phone {

/// The files of harness/phone/page, as they are.
std::string_view page_html();
std::string_view page_css();
std::string_view page_js();

}  // namespace crumbproof::phone
