#pragma once

#include <crumbproof/proxy/holds.hpp>
#include <crumbproof/proxy/message.hpp>
#include <crumbproof/proxy/server.hpp>
#include <crumbproof/proxy/signing.hpp>
#include <crumbproof/proxy/wire.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>

namespace crumbproof::proxy {

/// What all sessions share.
struct Shared {
  /// Throws boost::system::system_error if the CA file cannot be used.
  Shared(const Settings& with, Hooks telling, const boost::asio::any_io_executor& executor);

  /// Real time since the proxy began.
  [[nodiscard]] std::chrono::milliseconds now() const;
  /// Counts it, and tells the hooks.
  void tell(const Event& event);

  Settings settings;
  Hooks hooks;
  Signing signing;
  Stage stage;
  Holds holds;
  boost::asio::ssl::context tls;
  Totals totals;
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  bool ending = false;  ///< no request is served any more, but those under way
};

/// One connection of a sender, and the one to the app that belongs to it alone. So what either side
/// says of the connection itself (Connection, Keep-Alive, Transfer-Encoding, Upgrade) holds for the
/// other as it stands.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Shared> shared, std::shared_ptr<Wire> sender);

  /// Serves request after request until the connection ends.
  boost::asio::awaitable<void> run();
  /// Ends it if it waits for a request; else run() ends after the answer.
  void end();

 private:
  template <class Result>
  using Awaitable = boost::asio::awaitable<Result>;

  // Each of these returns whether the connection can be used again.
  Awaitable<bool> serve(std::shared_ptr<Message> request);
  Awaitable<bool> serve_webhook(Message& request, Incoming incoming);
  Awaitable<bool> deliver(Message& request, Event& event);
  Awaitable<bool> pass_through(std::shared_ptr<Message> request);
  Awaitable<bool> relay(const Message& request, Message& answer);
  /// Answers for what was lost on purpose, or does not.
  Awaitable<bool> answer_lost(std::string text, Event& event);
  /// What is told of a request, as far as it is known when it has come.
  [[nodiscard]] Event begun(const Head& request) const;
  /// Says why the app has not answered.
  Awaitable<bool> answer_failure(const Message& answer, Event& event);
  /// Answers by ourselves.
  Awaitable<bool> answer_with(int status, std::string text);

  /// The body of what can be a webhook.
  /// Answers 403 to what a page of another site has made a browser send.
  Awaitable<bool> refuse_page(const Head& request);
  Awaitable<void> read_webhook_body(Message& request);
  /// Connects, where there is no connection; returns why it cannot.
  Awaitable<std::string> reach_app();
  /// Sends a whole request and reads the head of its answer: once more, on a new connection, where
  /// the app had closed the one that was used before.
  Awaitable<Message> ask(const Message& request, bool pass_interim_on);
  Awaitable<Message> read_answer(const Message& request, bool pass_interim_on);
  Awaitable<void> send_twice(const Message& request, Message& answer, Course& course);
  /// Sends a request of which the sender still says more, and reads the head of its answer.
  Awaitable<Message> ask_while_it_comes(std::shared_ptr<Message> request);
  static Awaitable<void> pump_request(std::shared_ptr<Session> self,
                                      std::shared_ptr<Message> request, std::shared_ptr<Wire> app);
  /// Passes on what both say after a switch to another protocol.
  Awaitable<void> tunnel();
  static Awaitable<void> pump_to_app(std::shared_ptr<Session> self, std::shared_ptr<Wire> app);
  Awaitable<bool> send(const std::string& bytes);
  /// Lets the sender read the last answer before the connection is gone.
  Awaitable<void> linger();
  void leave_app();

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<Wire> sender_;
  std::shared_ptr<Wire> app_;   ///< null: none yet
  bool idle_ = false;           ///< waits for a request
  bool pumping_ = false;        ///< pump_request() or pump_to_app() reads from the sender
  bool said_continue_ = false;  ///< the sender was told to send its body
  bool answered_ = false;       ///< what the sender still says of its request is for no one
};

}  // namespace crumbproof::proxy
