#pragma once

#include <crumbproof/proxy/server.hpp>

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

/// A proxy before the app at that URL, in a thread of its own.
class RunningProxy {
 public:
  /// Listens at a free port of 127.0.0.1, whatever the settings say.
  explicit RunningProxy(const std::string& app, crumbproof::proxy::Settings settings = {});
  ~RunningProxy();
  RunningProxy(const RunningProxy&) = delete;
  RunningProxy& operator=(const RunningProxy&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Ends it in order; after that the rest can be asked for.
  void finish();
  [[nodiscard]] const std::vector<crumbproof::proxy::Event>& events() const { return events_; }
  [[nodiscard]] crumbproof::proxy::Totals totals() const { return server_.totals(); }
  /// The kinds that struck, in the order of the deliveries' ends, as in "missing;drop;".
  [[nodiscard]] std::string deeds() const;
  /// The notes likewise.
  [[nodiscard]] std::string notes() const;

 private:
  std::vector<crumbproof::proxy::Event> events_;
  crumbproof::proxy::Server server_;
  std::uint16_t port_;
  std::atomic<bool> finish_{false};
  std::thread thread_;
};

/// A sender that says and hears bytes.
class RawSender {
 public:
  explicit RawSender(std::uint16_t port);

  void send(std::string_view bytes);
  /// So many bytes; fewer if the connection ended.
  std::string read(std::size_t count);
  /// Until the connection ends.
  std::string read_to_end();
  /// An answer with a Content-Length.
  std::string answer();
  /// Says no more.
  void end_writing();

 private:
  bool read_more();

  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_{context_};
  std::string unread_;
};
