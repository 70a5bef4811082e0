#include <crumbproof/report/json_report.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/sim/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../search/judged_entries.hpp"
#include <nlohmann/json.hpp>

/// The zoo as a program, for tests that need it in a process of its own.
///
///     zoo_apps list                         each app as a line of JSON, numbered from 0
///     zoo_apps serve NAME                   prints its URL, serves until its input ends
///     zoo_apps check SEED JOBS              a random search of each in this process: a report as a
///                                           line of JSON for each
///     zoo_apps replay NAME FILE             a replay file in this process, as a line of JSON

using namespace crumbproof;
using namespace crumbproof::search;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::uint64_t kDeliveries = 150;

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::invalid_argument(std::string(text) + " is no number");
  }
  return value;
}

/// What such an app answers depends on what was asked before in other executions.
bool knows_other_executions(const zoo::Entry& entry) {
  const zoo::Entries varying = zoo::varying(1);
  return entry.name == "numbers_its_tickets" ||
         std::ranges::find(varying, entry.name, &zoo::Entry::name) != varying.end();
}

/// One at a time, since the apps of one factory may share what they know.
target::HandlerFactory in_turn(const target::HandlerFactory& factory) {
  return [factory, mutex = std::make_shared<std::mutex>()]() -> target::Handler {
    const std::lock_guard lock(*mutex);
    return [handler = factory(), mutex](const twilio::Request& request) {
      const std::lock_guard turn(*mutex);
      return handler(request);
    };
  };
}

Json random_check(const zoo::Entry& entry, std::uint64_t seed, std::uint64_t jobs) {
  CheckSettings settings = settings_of(entry);
  settings.strategy = Strategy::random;
  settings.budget = kDeliveries;
  settings.max_faults = 3;
  settings.seed = seed;
  settings.keep_going = seed % 2 == 0;
  const run::SenderSettings sending = sender_to(entry.url);
  const target::HandlerFactory app = in_turn(entry.app);
  target::HandlerTarget target(app);
  report::RunInfo info;
  info.version = report::version();
  info.seed = seed;
  info.run_id = std::to_string(seed);
  info.target = entry.url;
  run::Runner runner(sending, target, twilio::Identities(info.run_id));
  if (jobs > 1) {
    std::vector<std::unique_ptr<target::Target>> targets;
    for (std::uint64_t n = 0; n < jobs; ++n) {
      targets.push_back(std::make_unique<target::HandlerTarget>(app));
    }
    runner.employ(std::move(targets));
  }
  Observer observer;
  return report::json_report(check(settings, runner, observer), info);
}

void check_all(std::uint64_t seed, std::uint64_t jobs) {
  const zoo::Entries entries = zoo::registry(static_cast<std::uint32_t>(seed));
  for (std::size_t n = 0; n < entries.size(); ++n) {
    const zoo::Entry& entry = entries[n];
    if (entry.slow || (jobs > 1 && knows_other_executions(entry))) continue;
    Json line{{"app", n}, {"name", entry.name}};
    line["report"] = random_check(entry, seed, jobs);
    std::cout << line.dump() << '\n';
  }
}

void list() {
  const zoo::Entries entries = zoo::registry();
  for (std::size_t n = 0; n < entries.size(); ++n) {
    const zoo::Entry& entry = entries[n];
    const CheckSettings settings = settings_of(entry);
    Json kinds = Json::array();
    for (const faults::FaultKind* kind : settings.kinds) kinds.push_back(kind->name());
    Json properties = Json::array();
    for (const properties::Property* property : settings.properties) {
      properties.push_back(property->name());
    }
    Json say = Json::array();
    for (const Message& message : settings.scripts.front().messages) {
      say.push_back(to_json(message));
    }
    std::cout << Json{{"app", n},
                      {"name", entry.name},
                      {"shape", entry.shape},
                      {"say", say},
                      {"faults", kinds},
                      {"properties", properties},
                      {"expected", entry.expected},
                      {"over_http", entry.over_http},
                      {"slow", entry.slow}}
                     .dump()
              << '\n';
  }
}

void serve(const zoo::Entry& entry) {
  const AppServer server(entry.app);
  std::cout << server.url() << '\n' << std::flush;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
}

void replay_file(const zoo::Entry& entry, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const report::ReplayFile recorded = report::read_replay_file(text, path);
  target::HandlerTarget target(entry.app);
  const auto public_url = recorded.options.find("public-url");
  const run::SenderSettings sending =
      sender_to(public_url == recorded.options.end() ? recorded.target : public_url->second);
  run::Runner runner(sending, target, twilio::Identities(recorded.run_id));
  const ReplayResult result = search::replay(recorded.recorded, runner);
  std::cout << Json{{"status", to_string(result.status)},
                    {"reason", result.reason},
                    {"changes", result.changes.size()},
                    {"actual", to_json(result.actual)},
                    {"expected", to_json(result.expected)},
                    {"actual_hash", Hasher().add(result.actual.hash()).hex()},
                    {"expected_hash", Hasher().add(result.expected.hash()).hex()}}
                   .dump()
            << '\n';
}

void obey(std::span<const std::string> arguments) {
  const auto argument = [&](std::size_t n) -> const std::string& {
    if (n >= arguments.size()) throw std::invalid_argument("an argument is missing");
    return arguments[n];
  };
  const zoo::Entries entries = zoo::registry();
  const auto entry = [&]() -> const zoo::Entry& {
    const auto named = std::ranges::find(entries, argument(1), &zoo::Entry::name);
    if (named == entries.end()) throw std::invalid_argument("no app is called " + argument(1));
    return *named;
  };
  const std::string& command = argument(0);
  if (command == "list") return list();
  if (command == "serve") return serve(entry());
  if (command == "replay") return replay_file(entry(), argument(2));
  if (command == "check") return check_all(number(argument(1)), number(argument(2)));
  throw std::invalid_argument(command + " is no command of it");
}

}  // namespace

int main(int count, char** values) {
  try {
    obey(std::vector<std::string>(values + 1, values + count));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "zoo_apps: " << error.what() << '\n';
    return 2;
  }
}
