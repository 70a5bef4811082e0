#pragma once

#include <crumbproof/listening/server.hpp>
#include <crumbproof/phone/guard.hpp>
#include <crumbproof/phone/session.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/twilio/http.hpp>

#include <functional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::phone {

/// What a desk has to be told and given.
struct DeskSettings {
  Guard guard;
  std::string target;         ///< the app's URL, as it may be shown
  std::string more_scenario;  ///< further lines of a scenario file, each with its line end
  /// The text as it may be sent. Throws BadInput.
  std::function<std::string(std::string)> checked_body;
  /// What was recorded, as the text of a replay file.
  std::function<std::string(const search::Recorded&)> replay_text;
  /// Whether the working folder has a file of that name.
  std::function<bool(const std::string& name)> exists;
  /// Writes it there, over one that is there. Throws BadInput.
  std::function<void(const std::string& name, std::string_view content)> write;
};

/// The page in front of a session, and what it asks for: GET / and its files, GET /state, and POST
/// /send, /wait, /undo, /new, /twin and /save with JSON (docs/reference.md). Each but the last
/// answers with the state. What is wrong is answered with 4xx or 5xx and {"error": "..."}.
class Desk {
 public:
  /// The session must outlive it. For one thread.
  Desk(Session& session, DeskSettings settings);

  twilio::Response answer(const listening::Request& request);

 private:
  /// What a request of that method and path asks for; null: nothing is there.
  nlohmann::ordered_json carry_out(const std::string& path, const nlohmann::ordered_json& asked);
  void send(const nlohmann::ordered_json& asked);
  void wait(const nlohmann::ordered_json& asked);
  nlohmann::ordered_json save(const nlohmann::ordered_json& asked);

  Session& session_;
  DeskSettings settings_;
};

}  // namespace crumbproof::phone
