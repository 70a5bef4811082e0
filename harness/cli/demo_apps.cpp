#include <crumbproof/cli/demo_apps.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

using twilio::Request;
using twilio::Response;

/// Where a conversation stands.
struct Conversation {
  std::string step = "start";
  std::string size;
};

/// One turn of the dialogue, which both apps share: moves the conversation on, returns the reply.
std::string turn(Conversation& conversation, std::string_view said) {
  if (said == "order") {
    conversation = {"choosing", ""};
    return "Which size? Small, medium or large.";
  }
  if (conversation.step == "choosing") {
    if (said != "small" && said != "medium" && said != "large") {
      return "Sorry, which? Small, medium or large.";
    }
    conversation = {"confirming", std::string(said)};
    return fmt::format("1 {} pizza. Reply yes to confirm", said);
  }
  if (conversation.step == "confirming") {
    if (said != "yes") return "Reply yes to confirm, or order to choose again.";
    conversation.step = "confirmed";
    return fmt::format("Confirmed: 1 {} pizza", conversation.size);
  }
  return "Text order to begin.";
}

Response reply_with(const std::string& text) {
  return Response::twiml(fmt::format("<Response><Message>{}</Message></Response>", text));
}

class FragileApp {
 public:
  Response answer(const Request& request) {
    std::string id(request.cookie("session").value_or(""));
    if (!sessions_.contains(id)) id = fmt::format("s{}", sessions_.size() + 1);
    Response response = reply_with(turn(sessions_[id], request.parameter("Body")));
    response.set_cookie(fmt::format("session={}; Path=/; HttpOnly", id));
    return response;
  }

 private:
  std::map<std::string, Conversation, std::less<>> sessions_;
};

class SoundApp {
 public:
  Response answer(const Request& request) {
    const auto pair =
        std::pair{std::string(request.parameter("From")), std::string(request.parameter("To"))};
    Record& record = records_[pair];
    const auto copy = read_copy(request.cookie("copy").value_or(""));
    // Asked for each time: the version. Only a copy of another version needs the rest.
    Conversation conversation =
        copy && copy->version == record.version ? copy->conversation : record.conversation;
    const std::string text = turn(conversation, request.parameter("Body"));
    record = {record.version + 1, std::move(conversation)};
    Response response = reply_with(text);
    response.set_cookie(fmt::format("copy={}.{}.{}; Path=/; HttpOnly", record.version,
                                    record.conversation.step, record.conversation.size));
    return response;
  }

 private:
  struct Record {
    std::uint64_t version = 0;
    Conversation conversation;
  };

  /// Nothing if the cookie is none of ours.
  static std::optional<Record> read_copy(std::string_view cookie) {
    const std::size_t first = cookie.find('.');
    const std::size_t second = cookie.find('.', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    Record record;
    for (const char digit : cookie.substr(0, first)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      record.version = record.version * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    record.conversation = {std::string(cookie.substr(first + 1, second - first - 1)),
                           std::string(cookie.substr(second + 1))};
    return record;
  }

  std::map<std::pair<std::string, std::string>, Record> records_;
};

template <class App>
target::HandlerFactory one_running() {
  return [app = std::make_shared<App>()] {
    return [app](const Request& request) { return app->answer(request); };
  };
}

}  // namespace

target::HandlerFactory fragile_demo_app() { return one_running<FragileApp>(); }
target::HandlerFactory sound_demo_app() { return one_running<SoundApp>(); }

}  // namespace crumbproof::cli
