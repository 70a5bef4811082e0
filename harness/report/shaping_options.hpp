#pragma once

#include <map>
#include <string>

namespace crumbproof::report {

/// Of the options that a report records those that shape what an app is asked and what is looked
/// at, so that two runs of one search have the same: not how the app is started and reached, which
/// differs from machine to machine. Where the app itself is named in them, as by --probe, it is
/// called {app}; `target` is where it was.
std::map<std::string, std::string> shaping_options(
    const std::map<std::string, std::string>& options, const std::string& target);

/// The URL that the app believes to have, since its answers may tell of it: that of --public-url,
/// or where it was reached.
std::string url_of_app(const std::map<std::string, std::string>& options,
                       const std::string& target);

}  // namespace crumbproof::report
