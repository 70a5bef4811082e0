#include <crumbproof/api/server.hpp>

namespace crumbproof::api {

namespace {

twilio::Response answer(Messages& messages, const listening::Request& request) {
  ApiRequest asked;
  asked.method = request.method;
  asked.target = request.target;
  asked.authorization = twilio::find_header(request.headers, "Authorization").value_or("");
  asked.body = request.body;
  return messages.answer(asked);
}

}  // namespace

Server::Server(Messages& messages, std::uint16_t port)
    : server_([&messages](const listening::Request& request) { return answer(messages, request); },
              port, "--api-port") {}

}  // namespace crumbproof::api
