#include <crumbproof/report/by_hand.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::report {

namespace {

/// Prints a cookie as the answer to a step has set it. Where one answer sets it twice, the last one
/// counts (RFC 6265 section 5.3, step 11).
constexpr std::string_view kCookieFunction =
    "c() { tr -d '\\r' <\"step-$1\" | sed -n 's/^[Ss]et-[Cc]ookie: *//p' |\n"
    "  awk -F';' -v n=\"$2=\" 'index($1, n) == 1 { v = $1 } END { print v }'; }\n";

/// What curl sends by itself, or what a command says in another way.
bool goes_without_saying(std::string_view header) {
  return header == "Cookie" || header == "Accept" || header == "Content-Type" ||
         header == "User-Agent" || header == "Authorization";
}

bool strikes(const Delivery& delivery, std::string_view kind) {
  return std::ranges::find(delivery.faults, kind) != delivery.faults.end();
}

/// Words of a command in lines, each but the last to be gone on with.
std::string wrapped_command(const std::vector<std::string>& words, std::size_t width) {
  constexpr std::size_t kForTheBackslash = 2;
  constexpr std::string_view kIndent = "    ";
  std::string text;
  std::size_t column = 0;
  for (const std::string& word : words) {
    const std::size_t wide = columns(word);
    if (column > 0 && column + 1 + wide + kForTheBackslash > width) {
      text += fmt::format(" \\\n{}", kIndent);
      column = kIndent.size();
    } else if (column > 0) {
      text += ' ';
      ++column;
    }
    text += word;
    column += wide;
  }
  return text;
}

class Script {
 public:
  Script(const search::Counterexample& found, const RunInfo& info, std::size_t width)
      : found_(found), info_(info), width_(width) {}

  std::string write() {
    for (const Delivery& delivery : found_.shown->trace.deliveries) step(delivery);
    return uses_cookies_ ? std::string(kCookieFunction) + text_ : text_;
  }

 private:
  void step(const Delivery& delivery) {
    comment(delivery);
    const auto request = found_.shown->afresh.find(delivery.number);
    if (!delivery.answered || request == found_.shown->afresh.end()) {
      text_ += "# (this one never reaches the app)\n";
      return;
    }
    text_ += wrapped_command(command(delivery, request->second), width_);
    // Two requests are in flight at once where the first one's command is not waited for.
    const bool overlaps = strikes(delivery, "overlap");
    text_ += overlaps ? " &\n" : "; echo\n";
    if (in_flight_ && !overlaps) text_ += "wait\n";
    in_flight_ = overlaps;
  }

  void comment(const Delivery& delivery) {
    std::string line = fmt::format("# {}  ", delivery.number.value());
    if (delivery.kind != DeliveryKind::first) line += fmt::format("{}: ", to_string(delivery.kind));
    const auto& messages = found_.schedule.messages;
    if (delivery.message.index() < messages.size()) {
      line += fmt::format("\"{}\"", messages[delivery.message.index()].body);
    }
    for (const std::string& kind : delivery.faults) {
      const auto fault = std::ranges::find(found_.schedule.faults, kind, &Fault::kind);
      const Fault* const known = fault == found_.schedule.faults.end() ? nullptr : &*fault;
      line += fmt::format("  ({}: {})", kind, what_happened(kind, known));
    }
    text_ += harmless(line, Words::app) + '\n';
  }

  std::vector<std::string> command(const Delivery& delivery, const twilio::Request& request) {
    std::vector<std::string> words{"curl", "-sS",
                                   fmt::format("-D step-{}", delivery.number.value())};
    if (info_.options.contains("insecure")) words.emplace_back("-k");
    if (const auto ca = info_.options.find("cacert"); ca != info_.options.end()) {
      words.push_back("--cacert " + shell_word(ca->second));
    }
    add_place(request, words);
    if (const auto agent = twilio::find_header(request.headers, "User-Agent")) {
      words.push_back("-A " + shell_word(*agent));
    }
    for (const twilio::Field& header : request.headers) {
      if (goes_without_saying(header.name)) continue;
      words.push_back("-H " + shell_word(fmt::format("{}: {}", header.name, header.value)));
    }
    add_cookies(delivery, request, words);
    if (request.method == "POST") {
      // Each is encoded already, and curl puts them together in this order.
      for (const twilio::Field& parameter : request.parameters) {
        words.push_back("-d " + shell_word(twilio::form_encode({parameter})));
      }
      if (request.parameters.empty()) words.emplace_back("-d ''");
    }
    return words;
  }

  /// The URL that is connected to; behind a proxy with what the proxy would add.
  void add_place(const twilio::Request& request, std::vector<std::string>& words) const {
    const auto believed = info_.options.find("public-url");
    if (believed != info_.options.end()) {
      const twilio::Url public_url = twilio::Url::parse(believed->second);
      const std::string host = public_url.host_header();
      const twilio::Url asked = twilio::Url::parse(request.url);
      if (asked.scheme == public_url.scheme && asked.host_header() == host) {
        const twilio::Url target = twilio::Url::parse(info_.target);
        words.push_back(shell_word(
            fmt::format("{}://{}{}", target.scheme, target.host_header(), asked.request_target())));
        words.push_back("-H " + shell_word("Host: " + host));
        words.push_back("-H " + shell_word("X-Forwarded-Host: " + host));
        words.push_back("-H " + shell_word("X-Forwarded-Proto: " + public_url.scheme));
        return;
      }
    }
    words.push_back(shell_word(request.url));
  }

  void add_cookies(const Delivery& delivery, const twilio::Request& request,
                   std::vector<std::string>& words) {
    const auto header = twilio::find_header(request.headers, "Cookie");
    if (!header) return;
    const bool altered = strikes(delivery, "foreign") || strikes(delivery, "forged");
    std::vector<std::string> cookies;
    for (const CookieSent& cookie : delivery.cookies) {
      if (altered || cookie.set_by == DeliveryNumber()) {
        words.push_back("-H " + shell_word(fmt::format("Cookie: {}", *header)));
        return;
      }
      cookies.push_back(fmt::format("$(c {} {})", cookie.set_by.value(), shell_word(cookie.name)));
    }
    uses_cookies_ = true;
    words.push_back(fmt::format("-H \"Cookie: {}\"", fmt::join(cookies, "; ")));
  }

  const search::Counterexample& found_;
  const RunInfo& info_;
  std::size_t width_;
  std::string text_;
  bool uses_cookies_ = false;
  bool in_flight_ = false;  ///< the last command runs on while the next one is started
};

}  // namespace

std::string by_hand(const search::Counterexample& found, const RunInfo& info, std::size_t width) {
  if (!found.shown) return {};
  return Script(found, info, width).write();
}

}  // namespace crumbproof::report
