#include "app_server.hpp"

#include <array>
#include <cctype>
#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using crumbproof::twilio::Request;
using crumbproof::twilio::Response;

namespace {

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

/// Takes what stands before the next separator, and the separator.
std::string_view take(std::string_view& text, std::string_view separator) {
  const std::size_t end = text.find(separator);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
  return taken;
}

/// The request as a handler takes it.
Request parse(const std::string& bytes) {
  Request request;
  std::string_view form = bytes;
  std::string_view head = take(form, "\r\n\r\n");
  std::string_view line = take(head, "\r\n");
  request.method = take(line, " ");
  const std::string_view path = take(line, " ");
  while (!head.empty()) {
    std::string_view field = take(head, "\r\n");
    const std::string_view name = take(field, ": ");
    if (name == "Host") request.url = "http://" + std::string(field) + std::string(path);
    request.headers.push_back({std::string(name), std::string(field)});
  }
  while (!form.empty()) {
    std::string_view value = take(form, "&");
    const std::string_view name = take(value, "=");
    request.parameters.push_back({decoded(name), decoded(value)});
  }
  return request;
}

bool is_whole(const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const std::size_t length = bytes.find("Content-Length: ");
  if (length == std::string::npos) return true;
  return bytes.size() >= end + 4 + std::stoul(bytes.substr(length + 16));
}

std::string read_request(int connection) {
  std::string bytes;
  std::array<char, 4096> part{};
  while (!is_whole(bytes)) {
    const ssize_t count = ::recv(connection, part.data(), part.size(), 0);
    if (count <= 0) break;
    bytes.append(part.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

std::string wire(const Response& response) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " X\r\nConnection: close\r\n";
  for (const auto& field : response.headers) bytes += field.name + ": " + field.value + "\r\n";
  return bytes + "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n" +
         response.body;
}

}  // namespace

AppServer::AppServer(const crumbproof::target::HandlerFactory& app, Threads threads)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, SOMAXCONN) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no free port");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, threads, handler = app()] { serve(handler, threads); });
}

AppServer::~AppServer() {
  ::shutdown(listener_, SHUT_RDWR);  // which ends the accept()
  thread_.join();
  ::close(listener_);
}

std::string AppServer::url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/sms"; }

std::vector<std::string> AppServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void AppServer::serve(const crumbproof::target::Handler& handler, Threads threads) {
  std::vector<std::thread> answering;
  while (true) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) break;
    if (threads == Threads::one) {
      answer(connection, handler);
    } else {
      answering.emplace_back([this, connection, &handler] { answer(connection, handler); });
    }
  }
  for (std::thread& thread : answering) thread.join();
}

void AppServer::answer(int connection, const crumbproof::target::Handler& handler) {
  const std::string bytes = read_request(connection);
  if (is_whole(bytes)) {  // else someone only looked whether there is an app
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(bytes);
    }
    const std::string answer = wire(handler(parse(bytes)));
    ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
  }
  ::close(connection);
}
