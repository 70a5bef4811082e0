#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "shop.hpp"
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/params_encoded_view.hpp>
#include <boost/url/parse_query.hpp>

namespace http = boost::beast::http;
namespace net = boost::asio;

using WebhookRequest = http::request<http::string_body>;
using WebhookResponse = http::response<http::string_body>;

/// The value of a parameter of the form that Twilio has posted; empty if it is missing.
inline std::string parameter(const WebhookRequest& request, std::string_view name) {
  const auto query = boost::urls::parse_query(request.body());
  if (!query) return {};
  boost::urls::encoding_opts form;
  form.space_as_plus = true;
  for (const auto field : *query) {
    if (field.key.decode(form) == name) return field.value.decode(form);
  }
  return {};
}

inline std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    if (c == '<')
      xml += "&lt;";
    else if (c == '>')
      xml += "&gt;";
    else if (c == '&')
      xml += "&amp;";
    else
      xml += c;
  }
  return xml;
}

inline WebhookResponse twiml(const WebhookRequest& request, const std::string& text,
                             const std::string& cookie) {
  WebhookResponse response(http::status::ok, request.version());
  response.set(http::field::content_type, "text/xml");
  response.set(http::field::set_cookie, cookie);
  response.keep_alive(request.keep_alive());
  response.body() = "<Response><Message>" + escaped(text) + "</Message></Response>";
  response.prepare_payload();
  return response;
}

inline WebhookResponse answer(Shop& shop, const WebhookRequest& request) {
  const std::string text =
      shop.answer(parameter(request, "From"), parameter(request, "To"),
                  parameter(request, "MessageSid"), parameter(request, "Body"));
  // For whoever measures: how many have come back. Nothing is decided by it.
  return twiml(request, text, "returning=1; Path=/; HttpOnly");
}

/// One connection, over boost::beast::tcp_stream or in simulated time.
template <class Stream, class App>
net::awaitable<void> session(Stream stream, std::shared_ptr<App> app) {
  boost::beast::flat_buffer buffer;
  boost::system::error_code error;
  bool keep_alive = true;
  while (keep_alive) {
    WebhookRequest request;
    stream.expires_after(std::chrono::seconds(30));
    co_await http::async_read(stream, buffer, request,
                              net::redirect_error(net::use_awaitable, error));
    if (error) break;
    const WebhookResponse response = answer(*app, request);
    keep_alive = response.keep_alive();
    co_await http::async_write(stream, response, net::redirect_error(net::use_awaitable, error));
    if (error) break;
  }
  stream.socket().shutdown(net::ip::tcp::socket::shutdown_send, error);
}

/// Serves all connections of an acceptor for as long as that is open.
template <class Stream, class Acceptor, class App>
net::awaitable<void> listen(Acceptor acceptor, std::shared_ptr<App> app) {
  while (acceptor.is_open()) {
    Stream stream(co_await acceptor.async_accept(net::use_awaitable));
    net::co_spawn(acceptor.get_executor(), session(std::move(stream), app), net::detached);
  }
}
