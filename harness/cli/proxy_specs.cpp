#include <crumbproof/cli/proxy_specs.hpp>

namespace crumbproof::cli {

namespace {

constexpr std::string_view kBetween = "Sender and app";
constexpr std::string_view kDegraded = "What is degraded";
constexpr std::string_view kSignatures = "Signatures";
constexpr std::string_view kRecorded = "Recording";
constexpr std::string_view kProxyReports = "Reports";

}  // namespace

const std::vector<OptionSpec>& proxy_option_specs() {
  static const std::vector<OptionSpec> kOptions{
      {"--listen", "ADDR", kBetween,
       "Where senders connect to, as in 127.0.0.1:8080; a port alone is one of 127.0.0.1, and port "
       "0 a free one."},
      {"--to", "URL", kBetween, "Where the app listens, as in http://127.0.0.1:3000."},
      {"--allow-remote", "", kBetween,
       "Allow senders that are not on this machine, and an app that is not, once its host is "
       "confirmed; no attacks are made on it."},
      {"--confirm-host", "HOST", kBetween,
       "With --allow-remote: the name of the app's host on another machine, which may be tested. "
       "Asked for at a terminal.",
       true},
      {"--cacert", "FILE", kBetween, "PEM file of the authority that vouches for the app's https."},
      {"--insecure", "", kBetween, "Accept any certificate of the app."},
      {"--request-timeout", "SECONDS", kBetween,
       "Real time that the app or a sender may be silent (default 60)."},
      {"--fault", "KIND=RATE", kDegraded,
       "Let that kind of fault strike that share of the deliveries, from 0 to 1, as in "
       "missing=0.05; repeat it for each kind. Kinds: missing, outage, stale, partial, lost-write, "
       "late-write, duplicate, lost-response, drop, reorder, overlap; attacks: foreign, forged, "
       "unsigned. Without it nothing is changed.",
       true},
      {"--seed", "N", kDegraded, "Seed of what is struck (default 1)."},
      {"--outage-length", "N", kDegraded, "Deliveries that an outage lasts (default 5)."},
      {"--lost-as", "502|timeout", kDegraded,
       "What the sender hears of drop and lost-response: 502 (default), or nothing until it gives "
       "up."},
      {"--hold", "SECONDS", kDegraded,
       "The longest that reorder and overlap wait for the pair's next delivery (default 3)."},
      {"--auth-token", "TOKEN", kSignatures,
       "Check signatures with this token, and sign anew for the app's URL. Better given as "
       "TWILIO_AUTH_TOKEN in the environment, since others on this machine can read the command "
       "line."},
      {"--auth-token-file", "FILE", kSignatures, "Take the token from the only line of that file."},
      {"--public-url", "URL", kSignatures,
       "Scheme, host and port that senders have signed (default: http and the Host header)."},
      {"--app-url", "URL", kSignatures,
       "Scheme, host and port that the app believes it has (default: those of --to)."},
      {"--refuse-unsigned", "", kSignatures,
       "Answer 403 to a webhook without a right signature; without this it is passed on as it is."},
      {"--record", "FILE", kRecorded,
       "Write what people said as a scenario file of check: now and then, and at the end."},
      {"--anonymize", "", kRecorded,
       "Record other words of the same shape in the place of theirs, and no digits of numbers."},
      {"--keep-word", "TEXT", kRecorded,
       "A word that --anonymize leaves as it is, as the app knows it; repeat it for each.", true},
      {"--log", "FILE", kProxyReports, "Add each request to this file, as a line of JSON."},
      {"--quiet", "", kProxyReports, "Print no line for what was done, only the summary."},
      {"--verbose", "", kProxyReports,
       "Print a line for each request, not only for what was touched."},
  };
  return kOptions;
}

}  // namespace crumbproof::cli
