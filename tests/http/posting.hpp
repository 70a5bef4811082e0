#pragma once

#include <crumbproof/http/http_target.hpp>

#include <chrono>
#include <string>
#include <utility>

/// A webhook with that body.
inline crumbproof::twilio::Request post(std::string url, std::string body = "hi") {
  return {"POST", std::move(url), {{"Body", std::move(body)}}, {{"Accept", "*/*"}}};
}

/// Gives up after 100 ms.
inline crumbproof::http::HttpOptions impatient() {
  crumbproof::http::HttpOptions options;
  options.limits.timeout = std::chrono::milliseconds(100);
  return options;
}
