#include <crumbproof/http/http_target.hpp>
#include <crumbproof/http/socket.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <utility>

#include "certificate.hpp"
#include "scripted_server.hpp"
#include <catch2/catch.hpp>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

using namespace crumbproof;
using namespace std::chrono_literals;
using http::HttpOptions;
using http::HttpTarget;
using http::Socket;
using http::Step;
using target::Ending;
using target::Exchange;

namespace {

/// More than a connection's buffers take at once.
constexpr std::size_t kLarge = 16UL * 1024 * 1024;

http::Deadline soon_enough() { return std::chrono::steady_clock::now() + 10s; }

/// Text in which a piece that is left out, doubled or swapped shows.
std::string counting(std::size_t size) {
  std::string text;
  for (std::size_t n = 0; text.size() < size; ++n) text += std::to_string(n) + "x";
  text.resize(size);
  return text;
}

/// Both ends of a TCP connection.
struct Ends {
  Socket client;
  int server = -1;

  Ends() {
    using boost::asio::ip::tcp;
    tcp::endpoint name(boost::asio::ip::address_v4::loopback(), 0);
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto size = static_cast<socklen_t>(name.size());
    REQUIRE(::bind(listener, name.data(), size) == 0);
    REQUIRE(::listen(listener, 1) == 0);
    REQUIRE(::getsockname(listener, name.data(), &size) == 0);
    boost::system::error_code error;
    client = Socket::connect(name, soon_enough(), error);
    REQUIRE(!error);
    server = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    ::close(listener);
  }
  ~Ends() { ::close(server); }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;
};

/// Signals that come before the answer does, and where the last of them writes it.
volatile std::sig_atomic_t interruptions_left = 0;
volatile std::sig_atomic_t answer_to = -1;

void interrupt(int /*signal*/) {
  const int before = errno;
  if (interruptions_left > 0) interruptions_left = interruptions_left - 1;
  if (interruptions_left == 0 && answer_to >= 0) {
    const int descriptor = std::exchange(answer_to, -1);
    [[maybe_unused]] const auto written = ::write(descriptor, "a", 1);
  }
  errno = before;
}

/// As long as it lives a signal breaks off system calls every millisecond.
class Interruptions {
 public:
  explicit Interruptions(int count) {
    interruptions_left = count;
    struct sigaction action = {};
    action.sa_handler = interrupt;  // without SA_RESTART
    ::sigaction(SIGALRM, &action, &before_);
    set_pace(1000);
  }
  ~Interruptions() {
    set_pace(0);
    ::sigaction(SIGALRM, &before_, nullptr);
    answer_to = -1;
  }
  Interruptions(const Interruptions&) = delete;
  Interruptions& operator=(const Interruptions&) = delete;

 private:
  static void set_pace(suseconds_t microseconds) {
    const itimerval pace{{0, microseconds}, {0, microseconds}};
    ::setitimer(ITIMER_REAL, &pace, nullptr);
  }

  struct sigaction before_ = {};
};

}  // namespace

TEST_CASE("A signal does not end the wait for an answer") {
  Ends ends;
  answer_to = ends.server;
  const Interruptions interruptions(5);
  std::array<char, 8> room{};
  std::size_t count = 0;
  CHECK(ends.client.read(room, soon_enough(), count) == Step::done);
  CHECK(count == 1);
}

TEST_CASE("A write that the connection takes in pieces comes whole, whatever signals come") {
  const std::string sent = counting(kLarge);
  std::string received;
  Ends ends;
  // The timer's signal is for the thread that writes.
  sigset_t alarm;
  sigset_t before;
  sigemptyset(&alarm);
  sigaddset(&alarm, SIGALRM);
  ::pthread_sigmask(SIG_BLOCK, &alarm, &before);
  std::thread reader([&] {
    std::array<char, 65536> room{};
    while (received.size() < sent.size()) {
      const auto count = ::recv(ends.server, room.data(), room.size(), 0);
      if (count <= 0) return;
      received.append(room.data(), static_cast<std::size_t>(count));
    }
  });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  Step step = Step::broken;
  {
    const Interruptions interruptions(0);
    step = ends.client.write(sent, soon_enough());
  }
  ends.client.close();
  reader.join();
  CHECK(step == Step::done);
  CHECK((received == sent));
}

TEST_CASE("A write to an end that is gone is broken, and ends no process") {
  Ends ends;
  const linger at_once{1, 0};
  ::setsockopt(ends.server, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(ends.server, -1));
  CHECK_FALSE(ends.client.is_quiet());
  // The first may be told of the reset; the second would be given SIGPIPE.
  ends.client.write("a", soon_enough());
  CHECK(ends.client.write("a", soon_enough()) == Step::broken);
}

TEST_CASE("A write that no one reads is late, and closes the socket") {
  Ends ends;
  const std::string sent(4 * kLarge, 'x');
  CHECK(ends.client.write(sent, std::chrono::steady_clock::now()) == Step::late);
  CHECK_FALSE(ends.client.is_quiet());
}

TEST_CASE("A large request and a large answer go through TLS whole") {
  const TestCertificate certificate;
  const std::string body = counting(kLarge / 4);
  std::string seen;
  ScriptedServer server({[&](ServedConnection& connection) {
                          seen = connection.request();
                          connection.send(ok(body.substr(0, 60000)));
                        }},
                        certificate.server());
  HttpOptions options;
  options.tls.ca_file = certificate.ca_file();
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/sms";
  const Exchange exchange = HttpTarget(options).send({"POST", url, {{"Body", body}}, {}});
  server.finish();
  CHECK(exchange.ending == Ending::answered);
  CHECK((exchange.response.body == body.substr(0, 60000)));
  CHECK(seen.ends_with("\r\n\r\nBody=" + body));
}

TEST_CASE("A connection that ends in the midst of an answer over TLS cut it") {
  const TestCertificate certificate;
  const bool in_order = GENERATE(true, false);
  ScriptedServer server({[&](ServedConnection& connection) {
                          connection.request();
                          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbod");
                          if (in_order) connection.close_notify();
                        }},
                        certificate.server());
  HttpOptions options;
  options.tls.ca_file = certificate.ca_file();
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/sms";
  const Exchange exchange = HttpTarget(options).send({"POST", url, {{"Body", "hi"}}, {}});
  CHECK(exchange.ending == Ending::cut);
}
