#pragma once

#include <crumbproof/phone/session.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <chrono>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof::phone {

/// An app that counts the texts of a conversation in a cookie, and what it was sent.
struct CountingApp {
  std::vector<twilio::Request> requests;
  int begun = 0;
  int status = 200;

  target::HandlerFactory factory() {
    return [this]() -> target::Handler {
      return [this](const twilio::Request& request) {
        requests.push_back(request);
        const int count = std::stoi(std::string(request.cookie("n").value_or("0"))) + 1;
        twilio::Response response =
            twilio::Response::twiml("<Response><Message>" + std::string(request.parameter("Body")) +
                                    " is text " + std::to_string(count) + "</Message></Response>");
        response.status = status;
        if (request.parameter("Body") != "quiet") {
          response.set_cookie("n=" + std::to_string(count));
        }
        return response;
      };
    };
  }
};

/// A phone in front of an app.
struct Stage {
  explicit Stage(std::vector<std::string> ignore = {}) : session(phone_app(), ignore, Origin()) {}

  Session::App phone_app() {
    settings.webhook = twilio::Url::parse("http://127.0.0.1:3000/sms");
    return {settings, own, twins, twilio::Identities("stage"), nullptr, [this] { ++begun; }};
  }

  void say(const std::string& body, std::vector<Wish> wishes = {}, std::uint32_t pair = 0) {
    session.take({{{PairIndex(pair), body}}, std::move(wishes), Duration{0}});
  }

  /// What the user got for each text, or "-".
  [[nodiscard]] std::vector<std::string> replies() const { return replies_of(session.executed()); }
  [[nodiscard]] std::vector<std::string> twin_replies() const { return replies_of(session.twin()); }

  static std::vector<std::string> replies_of(const run::Executed& executed) {
    std::vector<std::string> replies;
    for (const Outcome& outcome : executed.trace.outcomes) {
      replies.push_back(outcome.messages.empty() ? "-" : outcome.messages.front().body);
    }
    return replies;
  }

  CountingApp app;
  CountingApp twin_app;
  int begun = 0;
  run::SenderSettings settings;
  target::HandlerTarget own{app.factory()};
  target::HandlerTarget twins{twin_app.factory()};
  Session session;
};

inline Wish wish(run::Seam seam, std::string kind, std::optional<Parameter> parameter = {}) {
  return {seam, std::move(kind), std::move(parameter)};
}

inline Wish missing() { return wish(run::Seam::read, "missing"); }

using Texts = std::vector<std::string>;

}  // namespace crumbproof::phone
