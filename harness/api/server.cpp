#include <crumbproof/api/server.hpp>
#include <crumbproof/listening/own_site.hpp>

#include <fmt/format.h>

namespace crumbproof::api {

namespace {

twilio::Response answer(Messages& messages, const listening::Request& request, std::uint16_t port) {
  auto why = listening::refusal(request, port);
  if (!why && listening::comes_from_another_site(request)) why = "it comes from another site";
  if (why) {
    constexpr int kForbidden = 403;
    return {kForbidden,
            {{"Content-Type", "text/plain;charset=utf-8"}},
            fmt::format("crumbproof: refused: {}\n", *why)};
  }
  ApiRequest asked;
  asked.method = request.method;
  asked.target = request.target;
  asked.authorization = twilio::find_header(request.headers, "Authorization").value_or("");
  asked.body = request.body;
  return messages.answer(asked);
}

}  // namespace

Server::Server(Messages& messages, std::uint16_t port)
    : server_(
          [this, &messages](const listening::Request& request) {
            return answer(messages, request, server_.port());
          },
          port, "--api-port") {}

}  // namespace crumbproof::api
