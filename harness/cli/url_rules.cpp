#include <crumbproof/cli/url_rules.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <cstddef>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

/// A URL with something harmless in the place of {From} and {To}.
std::string filled_in(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t brace = text.find('{');
    result += text.substr(0, brace);
    if (brace == std::string_view::npos) break;
    const std::string_view name = text.substr(brace, text.substr(brace).find('}') + 1);
    if (name != "{From}" && name != "{To}") {
      throw BadInput(fmt::format("{:?} is nothing that could be filled in; {{From}} and {{To}} are",
                                 name.empty() ? text.substr(brace) : name));
    }
    result += '0';
    text.remove_prefix(brace + name.size());
  }
  return result;
}

/// Whether a request for the one goes where the other's do, as HttpTarget's route has it.
bool same_server(const twilio::Url& one, const twilio::Url& other) {
  return one.scheme == other.scheme && one.host == other.host &&
         one.effective_port() == other.effective_port();
}

}  // namespace

std::string checked_url(std::string text) {
  twilio::Url::parse(text);
  return text;
}

std::string checked_probe(std::string text) {
  probe_url(text);
  return text;
}

twilio::Url probe_url(std::string_view text) { return twilio::Url::parse(filled_in(text)); }

void Reach::check(std::string_view what, const twilio::Url& url) const {
  if (allow_remote || twilio::is_loopback(url.host)) return;
  if (public_url && same_server(url, *public_url)) return;
  throw BadInput(
      fmt::format("{}: {} is not on this machine; --allow-remote permits requests to other hosts",
                  what, url.host_header()));
}

bool Reach::may_redirect_to(const twilio::Url& url) const {
  if (allow_remote) return true;
  if (public_url && same_server(url, *public_url)) return true;
  return twilio::is_loopback(url.host) && twilio::is_loopback(target.host);
}

}  // namespace crumbproof::cli
