#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/values.hpp>
#include <crumbproof/phone/desk.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>
#include <hold.hpp>
#include <input.hpp>
#include <nlohmann/json.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

constexpr std::uint16_t kPort = 4040;
constexpr const char* kToken = "the-token";

/// An app that counts in a cookie, and says what it was told.
target::Handler counting_app() {
  return [](const twilio::Request& request) {
    const std::string count(request.cookie("n").value_or(""));
    twilio::Response response = twilio::Response::twiml(
        fmt::format("<Response><Message>text {}</Message></Response>", count.size()));
    if (request.parameter("Body") != "quiet") response.set_cookie("n=" + count + "1");
    return response;
  };
}

/// A phone with its page, and what it has written.
class Phone {
 public:
  Phone() : session_(app(), {}, Origin()), desk_(session_, settings_of_desk()) {}

  /// A request: how it comes, method, path and body.
  void ask(std::string_view line) {
    Input input(line);
    const std::size_t how = input.below(kWays);
    const std::string method = input.character() == 'G' ? "GET" : "POST";
    const std::string_view rest = input.rest();
    const std::size_t space = std::min(rest.find(' '), rest.size());
    std::string path(rest.substr(0, space));
    // The server's parser lets no others through.
    std::erase_if(path, [](char c) { return (c >= 0 && c <= ' ') || c == '\x7f'; });
    const listening::Request request{method, std::move(path), headers(how),
                                     std::string(rest.substr(std::min(space + 1, rest.size())))};
    const auto before = session_.messages().size();
    const twilio::Response response = desk_.answer(request);
    constexpr std::array kKnown{200, 400, 403, 404, 409, 410, 503};
    hold(std::ranges::find(kKnown, response.status) != kKnown.end(), "an answer is no crash");
    hold(twilio::find_header(response.headers, "Content-Security-Policy").has_value(),
         "each answer has its policy");
    const bool is_page = method == "GET" && !request.target.starts_with("/state");
    const bool is_foreign = how != 0 && !(is_page && how == kNoToken);
    hold(!is_foreign || response.status == 403 || (is_page && how == kOtherSite),
         "what is not the page's own is refused");
    hold(how == 0 || session_.messages().size() == before, "what is refused does nothing");
    if (!is_page || response.status != 200) hold_json(response);
  }

 private:
  static constexpr std::size_t kWays = 6;
  static constexpr std::size_t kNoToken = 1;
  static constexpr std::size_t kOtherSite = 2;

  static std::vector<twilio::Field> headers(std::size_t how) {
    std::vector<twilio::Field> headers{{"Host", fmt::format("127.0.0.1:{}", kPort)}};
    if (how == 3) headers[0].value = "evil.example.com";
    if (how == 4) headers.push_back({"host", "evil.example.com"});
    if (how == 5) headers.push_back({"Origin", "http://evil.example.com"});
    if (how == kOtherSite) headers.push_back({"Sec-Fetch-Site", "cross-site"});
    if (how != kNoToken) headers.push_back({phone::kTokenHeader, kToken});
    return headers;
  }

  static void hold_json(const twilio::Response& response) {
    const auto json = nlohmann::json::parse(response.body, nullptr, false);
    hold(json.is_object(), "an answer is JSON");
    if (response.status == 200) return;
    hold(json.size() == 1 && json.contains("error"), "a refusal has its reason");
    hold_one_line(json.at("error").get<std::string>());
  }

  phone::Session::App app() {
    settings_.webhook = twilio::Url::parse("http://127.0.0.1:3000/sms");
    return {settings_, own_, twins_, twilio::Identities("fuzz"), nullptr, [] {}};
  }

  phone::DeskSettings settings_of_desk() {
    phone::DeskSettings settings;
    settings.guard = {kPort, kToken};
    settings.target = "http://127.0.0.1:3000/sms";
    settings.checked_body = cli::checked_body;
    settings.replay_text = [](const search::Recorded& recorded) {
      return report::write_replay_file({"0", 1, "fuzz", "http://127.0.0.1:3000/sms", {}, recorded});
    };
    settings.exists = [](const std::string&) { return false; };
    settings.write = [](const std::string& name, std::string_view content) {
      hold(name.find('/') == std::string::npos, "what is written has a name and no path");
      if (name.ends_with(".json")) {
        static_cast<void>(report::read_replay_file(content, name));
      } else {
        static_cast<void>(cli::parse_scenario(std::string(content), name));
      }
    };
    return settings;
  }

  run::SenderSettings settings_;
  target::HandlerTarget own_{counting_app};
  target::HandlerTarget twins_{counting_app};
  phone::Session session_;
  phone::Desk desk_;
};

}  // namespace

/// A request a line. Each repeats the whole conversation, so there are not many.
void fuzz_phone_desk(std::string_view bytes) {
  constexpr int kMost = 6;
  Input input(bytes);
  Phone phone;
  for (int n = 0; n < kMost && !input.empty(); ++n) phone.ask(input.line());
}

}  // namespace crumbproof::fuzz
