#include <crumbproof/cli/url_rules.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
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

std::string no_attack(std::string_view what, std::string_view attack, std::string_view host) {
  return fmt::format("{}: {} is an attack, and none is made on another machine ({})", what, attack,
                     host);
}

bool Reach::is_remote() const { return !twilio::is_loopback(target.host); }

bool Reach::leads_away(const twilio::Url& url) const {
  if (twilio::is_loopback(url.host)) return false;
  return !public_url || !same_server(url, *public_url);
}

bool Reach::is_confirmed(const twilio::Url& url) const {
  return allow_remote && std::ranges::find(confirmed, url.host) != confirmed.end();
}

void Reach::check(std::string_view what, const twilio::Url& url) const {
  if (!leads_away(url) || is_confirmed(url)) return;
  if (allow_remote) {
    throw BadInput(
        fmt::format("{}: {} is not on this machine; confirm by its name that you may test it: "
                    "--confirm-host {}",
                    what, url.host_header(), url.host));
  }
  throw BadInput(
      fmt::format("{}: {} is not on this machine; --allow-remote permits requests to other hosts",
                  what, url.host_header()));
}

bool Reach::may_redirect_to(const twilio::Url& url) const {
  if (leads_away(url)) return is_confirmed(url);
  return !twilio::is_loopback(url.host) || !is_remote();
}

}  // namespace crumbproof::cli
