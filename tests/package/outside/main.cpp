// Judges one of two apps of this process, by its name: exit code 0 if every property held, else 1.

#include <crumbproof/core.hpp>

#include <iostream>
#include <map>
#include <string>

using namespace crumbproof;

namespace {

Response reply(int n) {
  const std::string text = "message " + std::to_string(n);
  return Response::twiml("<Response><Message>" + text + "</Message></Response>")
      .set_cookie("n=" + std::to_string(n));
}

/// Counts the messages in a cookie alone.
Response fragile(const Request& request) {
  const auto seen = request.cookie("n");
  return reply(seen ? std::stoi(std::string(*seen)) + 1 : 1);
}

/// Counts them by their sender, whatever the cookie says.
class Sound {
 public:
  Response operator()(const Request& request) {
    return reply(++counts_[std::string(request.parameter("From"))]);
  }

 private:
  std::map<std::string, int> counts_;
};

}  // namespace

int main(int count, char** arguments) {
  const std::string name = count > 1 ? arguments[1] : "";
  const App app = name == "sound" ? App(Sound{}) : App(fragile);
  const Report report = check(app, Scenario{}.say({"hi", "hi again"}));
  std::cout << report.text;
  return report.passed() ? 0 : 1;
}
