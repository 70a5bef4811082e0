#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/proxy_specs.hpp>

namespace crumbproof::cli {

namespace {

using Options = std::vector<OptionSpec>;

constexpr std::string_view kSay = "What is said";
constexpr std::string_view kSearch = "What is tried";
constexpr std::string_view kJudge = "What is compared";
constexpr std::string_view kApp = "The app";
constexpr std::string_view kSender = "The sender";
constexpr std::string_view kReport = "Reports";
constexpr std::string_view kAgain = "What is run again";
constexpr std::string_view kPage = "The page";

const Options& conversation_options() {
  static const Options kOptions{
      {"--scenario", "FILE", kSay,
       "Conversations and settings from a YAML file (see: crumbproof init). Options on the command "
       "line win over it. Without --scenario, --say and --alphabet, crumbproof.yaml in the working "
       "directory is used if there is one."},
      {"--say", "TEXT", kSay,
       "The next message of one scripted conversation; repeat it for each message, in order.",
       true},
      {"--alphabet", "TEXT", kSay,
       "A message from which further conversations are made, in every order; repeat it for each.",
       true},
      {"--max-messages", "N", kSay,
       "Longest conversation made from the alphabet (default 4); scripts are cut there too "
       "(default: whole)."},
  };
  return kOptions;
}

const Options& search_options() {
  static const Options kOptions{
      {"--max-faults", "K", kSearch, "Most faults in one schedule (default 2)."},
      {"--overlap-tries", "N", kSearch,
       "How often a schedule is run whose only faults are overlaps, since what comes of those "
       "depends "
       "on the app's timing (default 5)."},
      {"--faults", "LIST", kSearch,
       "Kinds of fault, separated by commas (default: all but attacks and repeat; see: crumbproof "
       "list faults)."},
      {"--properties", "LIST", kSearch,
       "What must hold, separated by commas (default: the first five of: crumbproof list "
       "properties)."},
      {"--strategy", "exhaustive|random|auto", kSearch,
       "exhaustive, random, or auto: what is likeliest to fail, then exhaustive while it fits the "
       "budget, then random (default)."},
      {"--budget", "N", kSearch, "Most requests to the app, about (default 20000)."},
      {"--time-limit", "SECONDS", kSearch, "End after this real time, with what is known by then."},
      {"--seed", "N", kSearch, "Seed of all that is drawn (default 1)."},
      {"--jobs", "N", kSearch, "Executions at a time; default 1. The report is the same."},
      {"--shard", "I/N", kSearch,
       "Run the I-th of N parts of the search, whose reports (--json) crumbproof merge joins; "
       "auto, "
       "or auto/N, reads I (and N) from the variables of GitLab, Slurm or Kubernetes."},
      {"--keep-going", "", kSearch,
       "Find one counterexample for each property instead of stopping at the first."},
  };
  return kOptions;
}

const Options& judging_options() {
  static const Options kOptions{
      {"--ignore", "REGEX", kJudge,
       "What does not count in replies, as in 'ticket #[0-9]+'; repeat it for each.", true},
  };
  return kOptions;
}

constexpr OptionSpec kRedact{
    "--redact", "NAME", kReport,
    "Show the values of that cookie nowhere; * stands for any text, so '*' for all cookies. Repeat "
    "it for each.",
    true};

constexpr OptionSpec kProbe{
    "--probe", "URL", kJudge,
    "Get this URL after each execution and compare what it returns; {From} and {To} are filled "
    "in."};

/// How the app is started and reached: options of `check` and of `replay`.
const Options& app_options() {
  static const Options kOptions{
      {"--start", "CMD", kApp,
       "Start the app with this shell command, wait until it answers, stop it at the end."},
      {"--before-each", "CMD", kApp,
       "Run this shell command before each execution, as to empty a database."},
      {"--public-url", "URL", kApp,
       "The URL that the app believes it has, for the Host header, the signature, cookie domains "
       "and X-Forwarded-Proto; the connection goes to the URL of the command."},
      {"--api-port", "N", kApp,
       "Stand in for Twilio's REST API on that port of 127.0.0.1 (0: a free one), so that messages "
       "which the app sends through it are seen. With --start the app finds its address in "
       "TWILIO_API_BASE_URL."},
      {"--cacert", "FILE", kApp, "PEM file of the authority that vouches for the app's https."},
      {"--insecure", "", kApp, "Accept any certificate."},
      {"--request-timeout", "SECONDS", kApp, "Real time that one request may take (default 15)."},
      {"--allow-remote", "", kApp,
       "Allow an app that is not on this machine, once its host is confirmed; no attacks are made "
       "on it."},
      {"--confirm-host", "HOST", kApp,
       "With --allow-remote: the name of a host on another machine that may be tested and "
       "redirected to. Asked for at a terminal. Repeat it for each.",
       true},
      {"--rate", "N", kApp,
       "Most requests in a second (default: 5 for an app on another machine, else any)."},
  };
  return kOptions;
}

const Options& signing_options() {
  static const Options kOptions{
      {"--auth-token", "TOKEN", kSender,
       "Sign requests with this token. Better given as TWILIO_AUTH_TOKEN in the environment, since "
       "others on this machine can read the command line."},
      {"--auth-token-file", "FILE", kSender, "Take the token from the only line of that file."},
      {"--run-id", "ID", kSender,
       "Where the senders' numbers come from. Drawn anew by default, so that an app with a "
       "database "
       "never meets a pair twice."},
  };
  return kOptions;
}

const Options& number_options() {
  static const Options kOptions{
      {"--to", "NUMBER", kSender, "The app's own number (default +15005550006)."},
      {"--account-sid", "SID", kSender, "AccountSid of the requests: AC and 32 hex digits."},
      {"--method", "POST|GET", kSender, "Method of the webhook (default POST)."},
      {"--channel", "sms|whatsapp", kSender, "How messages come (default sms)."},
      {"--country", "CC", kSender, "Where senders are from: US (default), CA, GB, DE or FR."},
  };
  return kOptions;
}

const Options& service_options() {
  static const Options kOptions{
      {"--messaging-service", "SID", kSender,
       "The app's number belongs to that Messaging Service: MG and 32 hex digits."},
      {"--advanced-opt-out", "", kSender,
       "The service has Advanced Opt-Out: webhooks of STOP, START and HELP say OptOutType."},
      {"--assume", "LIST", kSender,
       "How Twilio behaves where its pages leave it open (see: crumbproof list assumptions)."},
  };
  return kOptions;
}

const Options& format_options() {
  static const Options kOptions{
      {"--junit", "FILE|-", kReport, "Write a JUnit report, as Jenkins and GitLab read it."},
      {"--sarif", "FILE|-", kReport, "Write a SARIF 2.1.0 report, for code scanning."},
      {"--har", "FILE|-", kReport,
       "Write the counterexample as a HAR file, which the network view of a browser opens."},
  };
  return kOptions;
}

constexpr OptionSpec kFailures{
    "--failures", "FOLDER|none", kReport,
    "Where failing schedules are kept, a file each (default crumbproof-failures). The next check "
    "runs them before its search, and marks them when they are fixed."};

constexpr OptionSpec kCi{
    "--ci", "", kReport,
    "What a pipeline wants, where nothing else is given: no colors, no progress line, JUnit in "
    "crumbproof-junit.xml, reports in crumbproof-report.json and crumbproof-report.html."};

constexpr OptionSpec kResume{
    "--resume", "FILE", kReport,
    "Go on from the report (--json) of a check that was stopped or killed, whose other options "
    "were the same. If FILE is that of --json and not there yet, begin."};

constexpr OptionSpec kHtml{
    "--html", "FILE", kReport,
    "Write the report as one HTML file, for a browser: what was found as a timeline."};
constexpr OptionSpec kHtmlOfDemo{"--html", "FILE", kReport,
                                 "Write the fragile app's report as one HTML file, for a browser."};

const Options& file_options() {
  static const Options kOptions{
      {"--json", "FILE|-", kReport, "Write the report for machines; - is the standard output."},
      {"--save", "FILE", kReport,
       "Where a counterexample is saved for replay (default crumbproof-failure.json)."},
  };
  return kOptions;
}

/// Of `verify`.
const Options& again_options() {
  static const Options kOptions{
      {"--url", "URL", kAgain,
       "Where the app runs: run some of the schedules and their twins on it again. A command to "
       "start it that was recorded is not used."},
      {"--sample", "N", kAgain, "How many schedules, drawn from all (default 20)."},
      {"--seed", "N", kAgain, "Seed of the draw (default 1)."},
  };
  return kOptions;
}

const Options& text_options() {
  static const Options kOptions{
      {"--quiet", "", kReport, "Print the verdict only, and how to replay a failure."},
      {"--verbose", "", kReport, "Also print what was tried and what was left out."},
      {"--no-color", "", kReport, "No colors; NO_COLOR in the environment does the same."},
  };
  return kOptions;
}

/// Of `serve`.
const Options& page_options() {
  static const Options kOptions{
      {"--port", "N", kPage, "Where the page listens on 127.0.0.1 (default: a free port)."},
      {"--scenario", "FILE", kPage,
       "Take the webhook, the sender and what to ignore from a scenario file; its conversations "
       "are "
       "not played."},
  };
  return kOptions;
}

constexpr OptionSpec kNoProgress{"--no-progress", "", kReport, "No progress line."};

constexpr OptionSpec kForce{"--force", "", "Options", "Replace a crumbproof.yaml that is there."};

constexpr OptionSpec kFirstWords{
    "--say", "TEXT", "Options",
    "What to say first (default hello); repeat it for each message, in order.", true};

Options join(const std::vector<Options>& parts) {
  Options all;
  for (const Options& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<CommandSpec> all_commands() {
  return {
      {"check", "Judge whether the app at URL depends on cookies", "URL",
       "Where the app's webhook listens, as in http://127.0.0.1:3000/sms.", true, "", "",
       join({conversation_options(),
             search_options(),
             judging_options(),
             {kProbe},
             app_options(),
             signing_options(),
             number_options(),
             service_options(),
             file_options(),
             format_options(),
             {kHtml, kFailures, kCi, kResume, kRedact},
             text_options(),
             {kNoProgress}})},
      {"replay", "Run a saved counterexample again: FAILED (exit 1), FIXED (0) or ERROR (3)",
       "FILE", "What check saved, crumbproof-failure.json by default.", true, "URL",
       "Where the app runs now; a command to start it that was saved is then not used.",
       join({{kProbe},
             app_options(),
             signing_options(),
             service_options(),
             {kRedact},
             text_options()})},
      {"verify",
       "Recheck the proof in a JSON report: VERIFIED (exit 0), NOT VERIFIED (1), NO PROOF (4)",
       "REPORT", "What check --json has written.", true, "", "",
       join({again_options(),
             {kProbe},
             app_options(),
             signing_options(),
             service_options(),
             {kRedact},
             text_options()})},
      {"merge", "Join the reports of all shards of a search into one", "REPORT",
       "What check --shard --json has written, of each shard.", true, "", "",
       join({file_options(), text_options()}), true},
      {"serve", "Try the app at URL by hand: a phone in the browser, with a button for each fault",
       "URL", "Where the app's webhook listens, as in http://127.0.0.1:3000/sms.", true, "", "",
       join({page_options(),
             app_options(),
             signing_options(),
             number_options(),
             service_options(),
             judging_options(),
             {kRedact}})},
      {"demo", "Judge two apps that are built in, one fragile and one sound", "", "", false, "", "",
       join({{kHtmlOfDemo}, text_options()})},
      {"init", "Write crumbproof.yaml, a scenario file to start from", "URL",
       "Where the app's webhook listens: talk to it first, and write what it seems to understand.",
       false, "", "",
       join({{kForce, kFirstWords, kRedact}, app_options(), signing_options(), number_options()})},
      {"list",
       "Show the known faults, properties, assumptions or Twilio's codes",
       "faults|properties|assumptions|codes",
       "Which of them.",
       true,
       "",
       "",
       {}},
      {"completion",
       "Print the completion of this command for a shell",
       "bash|zsh|fish",
       "For which shell.",
       true,
       "",
       "",
       {}},
      {"man", "Print the manual page, for man -l -", "", "", false, "", "", {}},
      {"proxy", "Stand between a real sender and the app: forward, degrade at stated rates, record",
       "", "", false, "", "", proxy_option_specs()},
  };
}

}  // namespace

const std::vector<CommandSpec>& commands() {
  static const std::vector<CommandSpec> kCommands = all_commands();
  return kCommands;
}

}  // namespace crumbproof::cli
