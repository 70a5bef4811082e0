#include "between.hpp"

#include <array>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

using namespace crumbproof;

namespace {

proxy::Settings before(const std::string& app, proxy::Settings settings) {
  settings.to = twilio::Url::parse(app);
  return settings;
}

}  // namespace

RunningProxy::RunningProxy(const std::string& app, proxy::Settings settings)
    : server_(before(app, std::move(settings)),
              {.on_event = [this](const proxy::Event& event) { events_.push_back(event); }}),
      port_(server_.port()),
      thread_([this] {
        constexpr std::chrono::milliseconds kTurn{5};
        while (!finish_) server_.run_for(kTurn);
        while (!server_.finish()) server_.run_for(kTurn);
      }) {}

RunningProxy::~RunningProxy() { finish(); }

void RunningProxy::finish() {
  finish_ = true;
  if (thread_.joinable()) thread_.join();
}

std::string RunningProxy::deeds() const {
  std::string text;
  for (const proxy::Event& event : events_) {
    if (!event.course) continue;
    for (const proxy::Deed& deed : event.course->deeds) {
      text += std::string(to_string(deed.kind)) + ";";
    }
  }
  return text;
}

std::string RunningProxy::notes() const {
  std::string text;
  for (const proxy::Event& event : events_) {
    for (const std::string& note : event.notes) text += note + ";";
  }
  return text;
}

RawSender::RawSender(std::uint16_t port) {
  socket_.connect({boost::asio::ip::address_v4::loopback(), port});
  // Longer than any test takes, so that a test that fails does not hang.
  const timeval patience{10, 0};
  ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

void RawSender::send(std::string_view bytes) {
  boost::system::error_code ignored;
  boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()), ignored);
}

bool RawSender::read_more() {
  std::array<char, 4096> piece{};
  const auto count = ::recv(socket_.native_handle(), piece.data(), piece.size(), 0);
  if (count <= 0) return false;
  unread_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawSender::read(std::size_t count) {
  while (unread_.size() < count && read_more()) {
  }
  std::string bytes = unread_.substr(0, count);
  unread_.erase(0, count);
  return bytes;
}

std::string RawSender::read_to_end() {
  while (read_more()) {
  }
  return std::exchange(unread_, {});
}

std::string RawSender::answer() {
  constexpr std::string_view kLength = "Content-Length: ";
  constexpr std::string_view kBlank = "\r\n\r\n";
  while (unread_.find(kBlank) == std::string::npos) {
    if (!read_more()) return std::exchange(unread_, {});
  }
  const std::size_t head = unread_.find(kBlank) + kBlank.size();
  const std::size_t length = unread_.find(kLength);
  return read(head + (length < head ? std::stoul(unread_.substr(length + kLength.size())) : 0));
}

void RawSender::end_writing() { socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send); }
