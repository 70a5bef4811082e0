#include <crumbproof/phone/desk.hpp>
#include <crumbproof/phone/page.hpp>
#include <crumbproof/phone/recording.hpp>
#include <crumbproof/phone/state_json.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::phone {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr int kGone = 410;
constexpr int kUnavailable = 503;

/// Texts that can be on their way at once.
constexpr std::size_t kMostTexts = 2;
constexpr std::uint64_t kMostPairs = 1;
constexpr std::uint64_t kLongestWaitSeconds = 30UL * 24 * 3600;

constexpr const char* kScenarioFile = "crumbproof.yaml";
constexpr const char* kReplayFile = "crumbproof-phone.json";

/// Nothing from elsewhere is loaded, run, framed or sent to.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

twilio::Response respond(int status, const std::string& type, std::string body) {
  return {status,
          {{"Content-Type", type},
           {"Content-Security-Policy", kPolicy},
           {"Cross-Origin-Resource-Policy", "same-origin"},
           {"Cross-Origin-Opener-Policy", "same-origin"},
           {"X-Content-Type-Options", "nosniff"},
           {"X-Frame-Options", "DENY"},
           {"Referrer-Policy", "no-referrer"},
           {"Cache-Control", "no-store"}},
          std::move(body)};
}

twilio::Response respond(int status, const Json& json) {
  return respond(status, "application/json",
                 json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

twilio::Response refuse(int status, std::string_view why) {
  return respond(status, Json{{"error", std::string(why)}});
}

/// It is not written over unasked.
class FileIsThere : public std::runtime_error {
 public:
  explicit FileIsThere(const std::string& name)
      : std::runtime_error(name + " is there already; nothing was written") {}
};

twilio::Response respond(const PageFile& file, const std::string& token) {
  std::string text(file.text);
  const std::size_t place = text.find(kTokenPlace);
  if (place != std::string::npos) text.replace(place, kTokenPlace.size(), token);
  return respond(kOk, std::string(file.type), std::move(text));
}

}  // namespace

Desk::Desk(Session& session, DeskSettings settings)
    : session_(session), settings_(std::move(settings)) {}

twilio::Response Desk::answer(const listening::Request& request) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  const bool gets = request.method == "GET";
  const PageFile* const file = gets ? find_page_file(path) : nullptr;
  if (const auto why = settings_.guard.refusal(request, file != nullptr)) {
    return refuse(kForbidden, "refused: " + *why);
  }
  if (file != nullptr) return respond(*file, settings_.guard.token);
  try {
    if (gets && path == "/state") return respond(kOk, state_json(session_, settings_.target));
    if (request.method != "POST") return refuse(kNotFound, "there is nothing at " + path);
    const Json asked = report::parse_json(request.body, "the request", "JSON");
    const Json made = carry_out(path, asked);
    if (made.is_null()) return refuse(kNotFound, "there is nothing at " + path);
    return respond(kOk, made);
  } catch (const BadInput& bad) {
    return refuse(kBadRequest, bad.what());
  } catch (const FileIsThere& there) {
    return refuse(kConflict, there.what());
  } catch (const NotRepeated& lost) {
    return refuse(kGone, lost.what());
  } catch (const target::AppFailed& failure) {
    return refuse(kUnavailable, failure.what());
  }
}

Json Desk::carry_out(const std::string& path, const Json& asked) {
  if (path == "/save") return save(asked);
  if (path == "/send") {
    send(asked);
  } else if (path == "/wait") {
    wait(asked);
  } else if (path == "/undo") {
    session_.undo();
  } else if (path == "/new") {
    session_.start_anew();
  } else if (path == "/twin") {
    session_.show_twin(report::flag_at(asked, "on"));
  } else {
    return nullptr;
  }
  return state_json(session_, settings_.target);
}

void Desk::send(const Json& asked) {
  Step step;
  const Json& said = report::list_at(asked, "said");
  if (said.empty() || said.size() > kMostTexts) {
    throw BadInput(fmt::format("\"said\" has to hold 1 to {} texts", kMostTexts));
  }
  for (const Json& text : said) {
    const auto pair = static_cast<std::uint32_t>(report::number_at(text, "pair", kMostPairs));
    step.said.push_back({PairIndex(pair), settings_.checked_body(report::text_at(text, "body"))});
  }
  for (const Json& wish : report::list_at(asked, "wishes")) {
    step.wishes.push_back(wish_from_json(wish));
  }
  session_.take(step);
}

void Desk::wait(const Json& asked) {
  const std::uint64_t seconds = report::number_at(asked, "seconds", kLongestWaitSeconds);
  session_.take({{}, {}, std::chrono::seconds(seconds)});
}

Json Desk::save(const Json& asked) {
  const std::string what = report::text_at(asked, "what");
  if (session_.messages().empty()) throw BadInput("nothing was said yet, so nothing can be saved");
  std::string name;
  std::string content;
  if (what == "scenario") {
    name = kScenarioFile;
    content = scenario_text(session_, settings_.more_scenario);
  } else if (what == "replay") {
    session_.show_twin(true);
    if (!can_be_replayed(session_)) {
      throw BadInput(
          "no fault struck and the fresh twin was answered alike, so there is nothing to replay; "
          "save it as a scenario");
    }
    name = kReplayFile;
    content = settings_.replay_text(recorded(session_));
  } else {
    throw BadInput(fmt::format("{:?} can not be saved; \"scenario\" and \"replay\" can", what));
  }
  if (!report::flag_at(asked, "write")) return {{"name", name}, {"content", content}};
  if (!report::flag_at(asked, "replace") && settings_.exists(name)) throw FileIsThere(name);
  settings_.write(name, content);
  return {{"name", name}};
}

}  // namespace crumbproof::phone
