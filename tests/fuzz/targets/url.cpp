#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using twilio::Url;

bool is_visible(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string written(const Url& url) {
  const std::string all = url.without_user_and_fragment();
  const std::size_t host = url.scheme.size() + 3;
  return fmt::format("{}{}{}{}{}{}", all.substr(0, host), url.userinfo,
                     url.userinfo.empty() ? "" : "@", all.substr(host),
                     url.fragment.empty() ? "" : "#", url.fragment);
}

void hold_of(const Url& url) {
  hold(url.scheme == "http" || url.scheme == "https", "a URL is one of http or https");
  hold(!url.host.empty(), "a URL has a host");
  hold(!url.port || *url.port > 0, "a port is not 0");
  hold(url.path.empty() || url.path.starts_with('/'), "a path begins with a slash");
  hold(url.has_query || url.query.empty(), "a query comes behind a question mark");
  hold(url.request_target().starts_with('/'), "a request target begins with a slash");
  const std::string all = written(url);
  hold(is_visible(all) && is_visible(url.request_target()) && is_visible(url.host_header()),
       "nothing in a URL ends a request line or a field");
  hold(Url::parse(all) == url, "a URL that is written reads back the same");
}

/// What is before the '@' of a URL is a secret, whatever is wrong with the rest of it.
void hold_secret(std::string_view rest) {
  constexpr std::string_view kSecret = "s3cr3t-p4ssw0rd";
  if (rest.find(kSecret) != std::string_view::npos) return;
  const std::string text = fmt::format("http://user:{}@{}", kSecret, rest);
  try {
    static_cast<void>(Url::parse(text));
  } catch (const BadInput& bad) {
    hold_one_line(bad.what());
    hold(std::string_view(bad.what()).find(kSecret) == std::string_view::npos,
         "a complaint quotes no password");
  }
}

}  // namespace

void fuzz_url(std::string_view bytes) {
  Input input(bytes);
  const std::string_view text = input.line();
  const std::string_view reference = input.rest();
  hold_secret(text);
  static_cast<void>(twilio::is_loopback(text));
  const auto url = read_or_complain([&] { return Url::parse(text); });
  if (!url) return;
  hold_of(*url);
  if (const auto next = read_or_complain([&] { return url->resolve(reference); })) {
    hold_of(*next);
    hold(url->resolve(written(*next)) == *next || next->path.find("/.") != std::string::npos,
         "a reference that is resolved is resolved to itself");
  }
}

}  // namespace crumbproof::fuzz
