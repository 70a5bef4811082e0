#include <crumbproof/http/app_process.hpp>
#include <crumbproof/http/connection.hpp>
#include <crumbproof/http/exchange_failed.hpp>
#include <crumbproof/http/guardian.hpp>
#include <crumbproof/http/http_target.hpp>

#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>

namespace crumbproof::http {

namespace {

constexpr std::size_t kShownLines = 20;
constexpr std::size_t kLongestLine = 500;
constexpr std::chrono::seconds kLongestTry{2};
constexpr std::chrono::milliseconds kBetweenTries{20};

/// Where the app is, as in http://127.0.0.1:3000.
std::string place(const twilio::Url& url) {
  return fmt::format("{}://{}", url.scheme, url.host_header());
}

/// It need not speak HTTP: whatever listens there keeps the app from doing so.
bool something_listens_at(const twilio::Url& url) {
  const Peer peer{false, url.host, url.effective_port()};
  try {
    Network(TlsOptions()).connect(peer, std::chrono::steady_clock::now() + kLongestTry);
    return true;
  } catch (const ExchangeFailed&) {
    return false;
  }
}

/// The shell commands that set these variables.
std::string exports(const std::map<std::string, std::string>& variables) {
  std::string commands;
  for (const auto& [name, value] : variables) {
    commands += fmt::format("export {}='", name);
    for (const char c : value) commands += c == '\'' ? std::string("'\\''") : std::string(1, c);
    commands += "'; ";
  }
  return commands;
}

std::string end_in_words(std::optional<int> status) {
  if (status && WIFEXITED(*status)) return fmt::format("with exit code {}", WEXITSTATUS(*status));
  if (status && WIFSIGNALED(*status)) return fmt::format("by signal {}", WTERMSIG(*status));
  return "for a reason that is not known";
}

/// A line as it can be shown: one line, on any terminal.
std::string shown(std::string_view line) {
  std::string result(line.substr(0, kLongestLine));
  std::erase_if(result, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < ' ' && c != '\t') || byte == 0x7f;
  });
  if (line.size() > kLongestLine) result += "...";
  return result;
}

std::vector<std::string_view> last_lines(std::string_view text, std::size_t most) {
  std::vector<std::string_view> lines;
  if (text.ends_with('\n')) text.remove_suffix(1);
  while (!text.empty() && lines.size() < most) {
    const std::size_t start = text.rfind('\n') + 1;
    lines.insert(lines.begin(), text.substr(start));
    text = text.substr(0, start == 0 ? 0 : start - 1);
  }
  return lines;
}

}  // namespace

AppProcess::AppProcess(const std::string& command, twilio::Url url, std::chrono::milliseconds grace,
                       const std::map<std::string, std::string>& variables)
    : url_(std::move(url)) {
  if (something_listens_at(url_)) {
    throw target::AppFailed(
        fmt::format("something answers at {} already, and would be checked in place of the app "
                    "to start; end it, or let the app listen elsewhere",
                    place(url_)));
  }
  try {
    guardian_ = std::make_unique<Guardian>(exports(variables) + command, grace);
  } catch (const std::system_error& error) {
    throw target::AppFailed(fmt::format("the app could not be started: {}", error.what()));
  }
}

AppProcess::~AppProcess() = default;

void AppProcess::wait_until_it_answers(std::chrono::seconds limit,
                                       const std::function<bool()>& stop) {
  HttpOptions options;
  options.limits.timeout = kLongestTry;
  options.tls.verify = false;
  HttpTarget target(options);
  const twilio::Request request{"HEAD", place(url_) + "/", {}, {{"Accept", "*/*"}}};
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (true) {
    const target::Exchange exchange = target.send(request);
    if (guardian_->wait_for_end(std::chrono::milliseconds(0))) {
      fail(fmt::format("the app ended {} before it answered at {}",
                       end_in_words(guardian_->status()), place(url_)));
    }
    if (exchange.ending == target::Ending::answered) return;
    if (stop && stop()) throw target::AppFailed("stopped before the app answered");
    if (std::chrono::steady_clock::now() >= deadline) {
      fail(fmt::format("the app did not answer at {} within {} s: {}", place(url_), limit.count(),
                       exchange.detail));
    }
    guardian_->wait_for_end(kBetweenTries);
  }
}

std::string AppProcess::last_output(std::size_t lines) const {
  const std::string text = guardian_->output();
  std::string result;
  for (const std::string_view line : last_lines(text, lines)) {
    if (!result.empty()) result += '\n';
    result += shown(line);
  }
  return result;
}

void AppProcess::fail(const std::string& what) const {
  const std::string output = last_output(kShownLines);
  if (output.empty()) throw target::AppFailed(what + "; it printed nothing");
  throw target::AppFailed(what + "; the last that it printed:\n" + output);
}

}  // namespace crumbproof::http
