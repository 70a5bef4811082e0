#include <crumbproof/http/answer_reader.hpp>
#include <crumbproof/http/connection.hpp>
#include <crumbproof/http/exchange_failed.hpp>
#include <crumbproof/http/http_target.hpp>
#include <crumbproof/http/request_bytes.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::http {

namespace {

bool same_place(const twilio::Url& a, const twilio::Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.effective_port() == b.effective_port();
}

Peer peer_of(const twilio::Url& url) {
  return {url.scheme == "https", url.host, url.effective_port()};
}

}  // namespace

class HttpTarget::Client {
 public:
  explicit Client(HttpOptions options)
      : options_(std::move(options)), network_(options_.tls, options_.keeps_to_addresses) {}

  [[nodiscard]] target::Patience longest() const {
    const std::chrono::milliseconds limit = options_.limits.timeout;
    return {limit, limit, limit};
  }

  target::Exchange exchange(const twilio::Request& request, const target::Patience& patience) {
    wait_for_turn(1);
    Course& course = course_of(0);
    attempt(course, [&] {
      begin(course, request, patience);
      open(course);
      write(course);
      course.exchange.response = answer(course);
    });
    return end(course);
  }

  std::vector<target::Exchange> exchange_together(std::span<const target::Outgoing> requests) {
    const auto each = [&](auto step) {
      for (std::size_t n = 0; n < requests.size(); ++n) {
        Course& course = course_of(n);
        attempt(course, [&] { step(course, requests[n]); });
      }
    };
    wait_for_turn(requests.size());
    needs_several_ = true;
    each([this](Course& course, const target::Outgoing& outgoing) {
      twilio::Request request = outgoing.request;
      const bool stays_open = serves_several(peer_of_request(request));
      if (!stays_open) request.headers.push_back({"Connection", "close"});
      begin(course, request, outgoing.patience);
      course.stays_open = stays_open;
      if (stays_open) {
        open(course);
      } else {
        // It would never come to a second one while an idle one is open.
        std::erase_if(idle_, [&](const Idle& idle) { return idle.peer == course.peer; });
        connect(course);
      }
    });
    each([](Course& course, const target::Outgoing& /*outgoing*/) { write(course); });
    each([this](Course& course, const target::Outgoing& /*outgoing*/) {
      // What came while an earlier one was waited for has come in time.
      course.deadline = std::max(course.deadline, std::chrono::steady_clock::now() + kGrace);
      course.exchange.response = answer(course);
    });
    std::vector<target::Exchange> exchanges;
    for (std::size_t n = 0; n < requests.size(); ++n) exchanges.push_back(end(course_of(n)));
    return exchanges;
  }

  [[nodiscard]] std::vector<std::string> warnings() const {
    if (talkative_.empty()) return {};
    return {
        "the app has sent bytes that no request had asked for, after an answer (is its "
        "Content-Length too small?); what came of them before they were noticed may be taken for "
        "another answer"};
  }

 private:
  /// One request on its way, from its bytes to its answer.
  struct Course {
    explicit Course(const HttpLimits& limits) : reader(limits) {}

    Peer peer;
    bool to_head = false;
    std::string bytes;  ///< of the request
    target::Patience patience;
    Deadline start;
    std::chrono::milliseconds limit{0};  ///< for all of it
    Deadline deadline;
    std::unique_ptr<Connection> connection;
    bool reused = false;                 ///< the connection has had a request before
    std::unique_ptr<Connection> beside;  ///< another one that is open and idle meanwhile
    bool stays_open = true;              ///< for another request
    AnswerReader reader;
    bool failed = false;
    target::Exchange exchange;
  };

  struct Idle {
    Peer peer;
    std::unique_ptr<Connection> connection;
  };

  /// How a server goes about its connections.
  struct Manner {
    Peer peer;
    bool serves_several = false;  ///< it answers on one while another one is open
  };

  void wait_for_turn(std::size_t count) const {
    if (!options_.rate) return;
    std::this_thread::sleep_until(options_.rate->next(count, RateLimit::Clock::now()));
  }

  Course& course_of(std::size_t n) {
    while (courses_.size() <= n) courses_.push_back(std::make_unique<Course>(options_.limits));
    return *courses_[n];
  }

  /// A step of a course that has not failed before.
  template <class Step>
  static void attempt(Course& course, Step step) {
    if (course.failed) return;
    try {
      step();
    } catch (const ExchangeFailed& failure) {
      course.failed = true;
      course.exchange.ending = failure.ending();
      course.exchange.why = failure.why();
      course.exchange.began =
          failure.ending() != target::Ending::unreachable && course.reader.began();
      course.exchange.detail = failure.what();
    }
  }

  void begin(Course& course, const twilio::Request& request,
             const target::Patience& patience) const {
    course.exchange = {};
    course.start = std::chrono::steady_clock::now();
    course.patience = patience;
    course.limit = std::min(options_.limits.timeout, patience.total);
    course.deadline = course.start + course.limit;
    course.to_head = request.method == "HEAD";
    course.connection = nullptr;
    course.beside = nullptr;
    course.reused = false;
    course.stays_open = true;
    course.reader.begin(course.to_head);
    const twilio::Url url = twilio::Url::parse(request.url);
    const bool routed = options_.route && is_public(url);
    course.bytes.clear();
    append_request(request, url, routed, course.bytes);
    course.peer = peer_of(routed ? options_.route->connect_to : url);
  }

  [[nodiscard]] Peer peer_of_request(const twilio::Request& request) const {
    const twilio::Url url = twilio::Url::parse(request.url);
    return peer_of(options_.route && is_public(url) ? options_.route->connect_to : url);
  }

  [[nodiscard]] bool serves_several(const Peer& peer) const {
    const auto known = std::ranges::find(manners_, peer, &Manner::peer);
    return known != manners_.end() && known->serves_several;
  }

  /// Whether the route is for that URL. A proxy speaks http beside https.
  [[nodiscard]] bool is_public(const twilio::Url& url) const {
    twilio::Url place = options_.route->public_url;
    if (same_place(url, place)) return true;
    place.scheme = "http";
    return same_place(url, place);
  }

  /// On a connection that is open, if there is one. When requests have been sent together, one gets
  /// another connection beside that, to see whether the server answers on it.
  void open(Course& course) {
    course.connection = take_idle(course.peer);
    course.reused = course.connection != nullptr;
    if (!course.reused) {
      connect(course);
    } else if (needs_several_ &&
               std::ranges::find(manners_, course.peer, &Manner::peer) == manners_.end()) {
      course.beside = std::exchange(course.connection, nullptr);
      course.reused = false;
      connect(course);
    }
  }

  /// A connection to the peer that can take a request; null if there is none. The one used last: a
  /// server that has not waited for events since may look at that one first (epoll(7), level
  /// triggered), and requests sent together are to reach it in their order.
  std::unique_ptr<Connection> take_idle(const Peer& peer) {
    const auto found = std::find_if(idle_.rbegin(), idle_.rend(),
                                    [&](const Idle& idle) { return idle.peer == peer; });
    if (found == idle_.rend()) return nullptr;
    std::unique_ptr<Connection> connection = std::move(found->connection);
    idle_.erase(std::next(found).base());
    if (connection->is_quiet()) return connection;
    char byte = 0;
    std::size_t count = 0;
    if (connection->read({&byte, 1}, std::chrono::steady_clock::now(), count) == Step::done) {
      note_talkative(peer);
    }
    return nullptr;
  }

  [[nodiscard]] bool is_talkative(const Peer& peer) const {
    return std::ranges::find(talkative_, peer) != talkative_.end();
  }

  void note_talkative(const Peer& peer) {
    if (!is_talkative(peer)) talkative_.push_back(peer);
    std::erase_if(idle_, [&](const Idle& idle) { return idle.peer == peer; });
  }

  void connect(Course& course) {
    course.connection =
        network_.connect(course.peer, within(course.patience.connect, course.deadline));
  }

  static void write(Course& course) {
    // An app may answer without reading all of the request and close: its answer counts.
    if (course.connection->write(course.bytes, course.deadline) == Step::late) fail_late(course);
  }

  /// The whole answer; the connection is kept if it can be.
  twilio::Response answer(Course& course) {
    if (course.beside) learn_manner(course);
    if (read(course)) return keep(course);
    if (!course.reused) fail_before_answer();
    course.reused = false;
    reconnect(course);
    write(course);
    if (!read(course)) fail_before_answer();
    return keep(course);
  }

  /// A server that takes one connection at a time goes on as soon as the other one is closed.
  void learn_manner(Course& course) {
    const bool answers =
        course.connection->has_more_by(within(kEnoughForOneThatAnswers, course.deadline));
    manners_.push_back({course.peer, answers});
    course.beside = nullptr;
  }

  /// An app that takes a request on an open connection and then is gone was not unreachable: it
  /// broke off, as it would have on a new connection.
  void reconnect(Course& course) {
    try {
      connect(course);
    } catch (const ExchangeFailed&) {
      fail_before_answer();
    }
  }

  /// False if the connection ended before a single byte of the answer; throws ExchangeFailed if it
  /// ends in any other way but with a whole answer.
  static bool read(Course& course) {
    AnswerReader& reader = course.reader;
    while (true) {
      std::size_t count = 0;
      switch (course.connection->read(reader.room(), within(course.patience.read, course.deadline),
                                      count)) {
        case Step::done:
          if (reader.received(count)) return true;
          break;
        case Step::ended:
          if (!reader.began()) return false;
          reader.ended();
          return true;
        case Step::broken:
          if (!reader.began()) return false;
          throw ExchangeFailed(target::Ending::cut,
                               fmt::format("the connection ended {}", reader.progress()));
        case Step::late:
          fail_late(course);
      }
    }
  }

  [[noreturn]] static void fail_before_answer() {
    throw ExchangeFailed(target::Ending::cut, "the connection ended before the answer began");
  }

  static Deadline within(std::chrono::milliseconds limit, Deadline deadline) {
    return std::min(std::chrono::steady_clock::now() + limit, deadline);
  }

  [[noreturn]] static void fail_late(const Course& course) {
    const auto limit = std::min(course.limit, course.patience.read);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(limit);
    const std::string in_words = limit == seconds ? fmt::format("{} s", seconds.count())
                                                  : fmt::format("{} ms", limit.count());
    throw ExchangeFailed(target::Ending::timed_out,
                         fmt::format("{} passed {}", in_words, course.reader.progress()));
  }

  twilio::Response keep(Course& course) {
    if (course.reader.has_more()) note_talkative(course.peer);
    if (!course.stays_open || is_talkative(course.peer)) {
      course.connection = nullptr;
    } else if (course.reader.connection_is_reusable()) {
      if (idle_.size() == kMostIdle) idle_.erase(idle_.begin());
      idle_.push_back({course.peer, std::move(course.connection)});
    }
    return course.reader.take();
  }

  static target::Exchange end(Course& course) {
    course.connection = nullptr;
    course.beside = nullptr;
    course.failed = false;
    course.exchange.took = std::chrono::steady_clock::now() - course.start;
    return std::move(course.exchange);
  }

  /// An app can lead the sender to as many places as it likes.
  static constexpr std::size_t kMostIdle = 8;
  /// One that takes longer is taken for one that serves a single connection, which costs speed
  /// only.
  static constexpr std::chrono::milliseconds kEnoughForOneThatAnswers{1000};
  /// For what has come and was not read yet.
  static constexpr std::chrono::milliseconds kGrace{100};

  HttpOptions options_;
  Network network_;
  std::vector<std::unique_ptr<Course>> courses_;  ///< as many as were in flight at once
  std::vector<Idle> idle_;                        ///< oldest first
  std::vector<Peer> talkative_;                   ///< have sent what was not asked for
  bool needs_several_ = false;                    ///< requests are sent together
  std::vector<Manner> manners_;                   ///< as far as they are known
};

HttpTarget::HttpTarget(HttpOptions options)
    : client_(std::make_unique<Client>(std::move(options))) {}
HttpTarget::~HttpTarget() = default;

target::Exchange HttpTarget::send(const twilio::Request& request) {
  // As long as the limits allow.
  return client_->exchange(request, client_->longest());
}

std::vector<std::string> HttpTarget::end_execution() { return client_->warnings(); }

target::Exchange HttpTarget::send_outgoing(const target::Outgoing& outgoing) {
  return client_->exchange(outgoing.request, outgoing.patience);
}

std::vector<target::Exchange> HttpTarget::send_together(
    std::span<const target::Outgoing> requests) {
  return client_->exchange_together(requests);
}

}  // namespace crumbproof::http
