#pragma once

#include <crumbproof/http/http_target.hpp>
#include <crumbproof/target/app.hpp>

#include <string>

namespace crumbproof::http {

/// An app that listens at that URL already, in any language. Checks of it that follow on each other
/// have other numbers, so that it may keep what it knows.
App listening_at(const std::string& url, const HttpOptions& options = {});

/// An app that a command starts, by `sh -c` and once for each check, and which then answers at that
/// URL. It is ended with the check. A check throws target::AppFailed if it does not answer within a
/// minute, or if another app answers there before.
App started_by(const std::string& command, const std::string& url, const HttpOptions& options = {});

}  // namespace crumbproof::http
