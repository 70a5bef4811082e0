#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/proxy_options.hpp>
#include <crumbproof/cli/url_rules.hpp>
#include <crumbproof/cli/values.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace crumbproof::cli {

namespace {

struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};

/// As in 8080, 127.0.0.1:8080, localhost:8080, [::1]:8080.
ListenAddress parse_listen_address(const std::string& text) {
  ListenAddress address{"127.0.0.1", 0};
  std::string_view rest = text;
  const std::size_t colon = rest.rfind(':');
  if (colon != std::string_view::npos) {
    std::string_view host = rest.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host == "localhost" ? "127.0.0.1" : std::string(host);
    rest.remove_prefix(colon + 1);
  }
  constexpr std::string_view kOfAddress = "0123456789abcdefABCDEF.:";
  if (address.host.empty() || address.host.find_first_not_of(kOfAddress) != std::string::npos) {
    throw BadInput(fmt::format(
        "{:?} is no address to listen at; write it like 127.0.0.1:8080, or 8080 alone", text));
  }
  address.port = static_cast<std::uint16_t>(parse_whole(rest, kPorts));
  return address;
}

/// A URL of which scheme, host and port count.
twilio::Url parse_origin(std::string_view text) {
  twilio::Url url = twilio::Url::parse(text);
  const bool bare = url.path.empty() || url.path == "/";
  if (!bare || url.has_query || !url.fragment.empty() || !url.userinfo.empty()) {
    throw BadInput(fmt::format("each request has its own path and query; write {}://{}", url.scheme,
                               url.host_header()));
  }
  return url;
}

/// Whether what is lost is not answered.
bool parse_lost_as(std::string_view text) {
  if (text != "502" && text != "timeout") {
    throw BadInput(fmt::format("{:?} is neither 502 nor timeout", text));
  }
  return text == "timeout";
}

template <class Parse>
auto required_option(const Given& given, std::string_view name, std::string_view like,
                     Parse parse) {
  auto value = option(given, name, parse);
  if (!value) throw BadInput(fmt::format("proxy needs {}, as in {} {}", name, name, like));
  return *value;
}

void read_proxy_addresses(const Given& given, const Environment& environment,
                          proxy::Settings& settings) {
  Reach reach;
  read_permits(given, reach);
  const ListenAddress listen =
      required_option(given, "--listen", "127.0.0.1:8080", parse_listen_address);
  settings.listen_address = listen.host;
  settings.listen_port = listen.port;
  if (!reach.allow_remote && !twilio::is_loopback(listen.host)) {
    throw BadInput(fmt::format("--listen: other machines can reach {}; --allow-remote permits that",
                               listen.host));
  }
  settings.to = required_option(given, "--to", "http://127.0.0.1:3000", parse_origin);
  admit("--to", settings.to, environment, reach);
}

void read_proxy_faults(const Given& given, proxy::Settings& settings) {
  constexpr Range kOutage{1, 1'000'000};
  constexpr Range kHoldSeconds{0, 60};
  const auto seconds = [](Range range) {
    return [range](const std::string& text) { return parse_seconds(text, range); };
  };
  try {
    settings.stage.rates = proxy::Rates::parse(given.values("--fault"));
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("--fault: {}", error.what()));
  }
  settings.stage.seed = seed_option(given);
  settings.stage.outage_length =
      option(given, "--outage-length", whole(kOutage)).value_or(settings.stage.outage_length);
  settings.silent_loss = option(given, "--lost-as", parse_lost_as).value_or(settings.silent_loss);
  settings.hold = option(given, "--hold", seconds(kHoldSeconds)).value_or(settings.hold);
  settings.patience = option(given, "--request-timeout", seconds(kRequestTimeoutSeconds))
                          .value_or(settings.patience);
}

void refuse_proxy_attacks(const proxy::Settings& settings) {
  if (twilio::is_loopback(settings.to.host)) return;
  for (const proxy::Kind kind :
       {proxy::Kind::foreign, proxy::Kind::forged, proxy::Kind::unsigned_request}) {
    if (settings.stage.rates.of(kind) > 0) {
      throw BadInput(no_attack("--fault", to_string(kind), settings.to.host));
    }
  }
}

void read_proxy_signing(const Given& given, const Environment& environment, ProxyOptions& options) {
  proxy::Settings& settings = options.settings;
  settings.auth_token = auth_token_option(given, environment, options.warnings);
  settings.public_url = option(given, "--public-url", parse_origin);
  settings.app_url = option(given, "--app-url", parse_origin);
  settings.refuse_unsigned = given.has("--refuse-unsigned");
  if (!settings.auth_token.empty()) return;
  for (const std::string_view name : {"--public-url", "--app-url", "--refuse-unsigned"}) {
    if (!given.has(name)) continue;
    throw BadInput(fmt::format(
        "{}: nothing can be said of signatures without a token; set TWILIO_AUTH_TOKEN", name));
  }
}

void read_proxy_recording(const Given& given, const Environment& environment,
                          ProxyOptions& options) {
  options.anonymize = given.has("--anonymize");
  options.keep_words = given.values("--keep-word");
  if (const auto file = given.value("--record")) {
    options.record.emplace(environment, *file);
    if (!options.anonymize) {
      options.warnings.push_back(fmt::format(
          "{} will hold what people write; --anonymize replaces it", options.record->shown()));
    }
  }
  if (!options.record && options.anonymize) {
    throw BadInput("--anonymize: nothing is recorded without --record FILE");
  }
  if (!options.keep_words.empty() && !options.anonymize) {
    throw BadInput("--keep-word: no word is replaced without --anonymize");
  }
}

}  // namespace

ProxyOptions proxy_options(const Given& given, const Environment& environment) {
  ProxyOptions options;
  read_proxy_addresses(given, environment, options.settings);
  read_proxy_faults(given, options.settings);
  refuse_proxy_attacks(options.settings);
  read_proxy_signing(given, environment, options);
  options.settings.ca_file = given.value("--cacert").value_or("");
  options.settings.verify = !given.has("--insecure");
  read_proxy_recording(given, environment, options);
  options.log = given.value("--log").value_or("");
  if (given.has("--log") && options.log.empty()) {
    throw BadInput("--log: the name of a file to write is empty");
  }
  if (options.record && options.record->is(environment.folder, options.log)) {
    throw BadInput("--record and --log name the same file");
  }
  options.verbose = given.has("--verbose");
  options.quiet = given.has("--quiet");
  return options;
}

}  // namespace crumbproof::cli
