#include <crumbproof/http/request_bytes.hpp>

#include <string_view>

namespace crumbproof::http {

namespace {

void append_header(std::string_view name, std::string_view value, std::string& bytes) {
  bytes += name;
  bytes += ": ";
  bytes += value;
  bytes += "\r\n";
}

}  // namespace

void append_request(const twilio::Request& request, const twilio::Url& url, bool behind_proxy,
                    std::string& bytes) {
  bytes += request.method;
  bytes += ' ';
  bytes += url.request_target();
  bytes += " HTTP/1.1\r\n";
  const std::string host = url.host_header();
  append_header("Host", host, bytes);
  for (const twilio::Field& header : request.headers) {
    append_header(header.name, header.value, bytes);
  }
  if (behind_proxy) {
    append_header("X-Forwarded-Proto", url.scheme, bytes);
    append_header("X-Forwarded-Host", host, bytes);
  }
  if (request.method != "POST") {
    bytes += "\r\n";
    return;
  }
  const std::string body = request.body();
  append_header("Content-Length", std::to_string(body.size()), bytes);
  bytes += "\r\n";
  bytes += body;
}

}  // namespace crumbproof::http
