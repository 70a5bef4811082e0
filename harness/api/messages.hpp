#pragma once

#include <crumbproof/target/outbox.hpp>
#include <crumbproof/twilio/assumptions.hpp>
#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/identity.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::api {

/// One request to the API.
struct ApiRequest {
  std::string method;
  std::string target;         ///< path and query
  std::string authorization;  ///< content of the header; empty: none came
  std::string body;           ///< a form
};

/// Whose messages they are.
struct Account {
  std::string sid;
  std::string auth_token;         ///< empty: any password will do
  std::string number;             ///< the one that may be sent from, in E.164
  std::string messaging_service;  ///< SID; empty: there is none
  twilio::Assumptions assume;
};

/// What Twilio's message resource does
/// (https://www.twilio.com/docs/messaging/api/message-resource), without a network around it: makes
/// messages, refuses what Twilio refuses in its words, keeps everything for whoever asks. Cookies
/// mean nothing here: none is looked at, none is set. May be called from several threads.
class Messages final : public target::Outbox {
 public:
  /// The identities are where SIDs come from.
  Messages(Account account, twilio::Identities identities);

  /// Answers one request.
  twilio::Response answer(const ApiRequest& request);

  std::vector<target::SentMessage> take() override;
  void heard(std::string_view number, twilio::Keyword keyword) override;

 private:
  using Clock = std::chrono::steady_clock;

  struct Kept {
    target::SentMessage message;
    std::string service;  ///< SID; empty: none
    std::string created;  ///< as in RFC 2822
    bool scheduled = false;
    bool taken = false;  ///< by take(): it has gone out
  };
  struct Form;

  twilio::Response create(const Form& form);
  twilio::Response show(std::string_view sid);
  twilio::Response list();
  [[nodiscard]] bool knows(std::string_view authorization) const;
  /// What is wrong with a new message; 0 if nothing is.
  [[nodiscard]] int fault_of(const Form& form) const;
  [[nodiscard]] std::string json_of(const Kept& kept) const;
  twilio::Response refuse(int status, int code, std::string_view message) const;
  twilio::Response respond(int status, std::string body) const;
  [[nodiscard]] Clock::duration settling_time() const;
  std::string next_sid(std::string_view prefix) const;

  Account account_;
  twilio::Identities identities_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Kept> messages_;
  std::size_t first_not_taken_ = 0;
  std::set<std::string, std::less<>> opted_out_;
  std::set<std::string, std::less<>> heard_from_;
  int takes_ = 0;
  Clock::duration latest_{0};  ///< the longest that a message came after the answer
  mutable std::uint64_t sids_ = 0;
};

}  // namespace crumbproof::api
