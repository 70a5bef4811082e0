#pragma once

#include <crumbproof/target/app.hpp>

#include <map>
#include <string>

namespace crumbproof::example {

inline Response reply(const std::string& text) {
  return Response::twiml("<Response><Message>" + text + "</Message></Response>");
}

/// Counts messages in a cookie, so a lost one starts it again.
inline Response counts_in_cookie(const Request& request) {
  const auto seen = request.cookie("n");
  const int n = seen ? std::stoi(std::string(*seen)) + 1 : 1;
  return reply("message " + std::to_string(n)).set_cookie("n=" + std::to_string(n));
}

/// Counts them by their sender, and sets a cookie that it never reads.
struct CountsBySender {
  std::map<std::string, int, std::less<>> counts;

  Response operator()(const Request& request) {
    const int n = ++counts[std::string(request.parameter("From"))];
    return reply("message " + std::to_string(n)).set_cookie("n=" + std::to_string(n));
  }
};

}  // namespace crumbproof::example
