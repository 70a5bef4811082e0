// Sends a request to where nobody listens, and says what came of it.

#include <crumbproof/http.hpp>

#include <iostream>

int main() {
  crumbproof::http::HttpTarget target;
  crumbproof::twilio::Request request;
  request.method = "POST";
  request.url = "http://127.0.0.1:1/sms";
  const crumbproof::target::Exchange exchange = target.send(request);
  std::cout << exchange.detail << '\n';
  return exchange.why == crumbproof::target::Unreachable::refused ? 0 : 1;
}
