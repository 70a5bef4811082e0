#include <crumbproof/http/app.hpp>
#include <crumbproof/http/app_process.hpp>
#include <crumbproof/twilio/url.hpp>

#include <chrono>
#include <memory>
#include <span>
#include <vector>

namespace crumbproof::http {

namespace {

constexpr std::chrono::seconds kStartLimit{60};

/// A process, and the way to it.
class StartedTarget final : public target::Target {
 public:
  StartedTarget(const std::string& command, const std::string& url, const HttpOptions& options)
      : process_(command, twilio::Url::parse(url)), http_(options) {
    process_.wait_until_it_answers(kStartLimit, [] { return false; });
  }

  void begin_execution() override { http_.begin_execution(); }
  target::Exchange send(const twilio::Request& request) override { return http_.send(request); }
  target::Exchange send_outgoing(const target::Outgoing& outgoing) override {
    return http_.send_outgoing(outgoing);
  }
  [[nodiscard]] bool sends_together() const override { return true; }
  std::vector<target::Exchange> send_together(std::span<const target::Outgoing> requests) override {
    return http_.send_together(requests);
  }
  std::vector<std::string> end_execution() override { return http_.end_execution(); }

 private:
  AppProcess process_;
  HttpTarget http_;
};

}  // namespace

App listening_at(const std::string& url, const HttpOptions& options) {
  return App([options] { return std::make_unique<HttpTarget>(options); }, url,
             App::Memory::lasting);
}

App started_by(const std::string& command, const std::string& url, const HttpOptions& options) {
  return App(
      [command, url, options] { return std::make_unique<StartedTarget>(command, url, options); },
      url, App::Memory::lasting);
}

}  // namespace crumbproof::http
