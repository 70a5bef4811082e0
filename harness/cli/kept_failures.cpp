#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/kept_failures.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kNone = "none";
constexpr std::string_view kEnding = ".yaml";
constexpr std::size_t kMostBytes = 1024 * 1024;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; entry != end; entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (name.ends_with(kEnding)) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

KeptFailures::KeptFailures(const Given& given, const Environment& environment)
    : environment_(environment),
      quiet_(given.has("--quiet")),
      folder_(given.value("--failures").value_or(kDefaultFolder)) {
  if (folder_ == kNone) folder_.clear();
  if (folder_.empty()) return;
  for (const std::string& name : names_in(environment.folder / folder_)) {
    const std::string path = shown(name);
    files_.push_back(
        {name, read_kept_failure(read_file(environment.folder / path, path, kMostBytes), path)});
  }
}

std::string KeptFailures::shown(const std::string& name) const {
  return (fs::path(folder_) / name).string();
}

void KeptFailures::tell(const std::string& text) const {
  if (!quiet_) environment_.err << text << '\n' << std::flush;
}

bool KeptFailures::write(const File& file) const {
  try {
    OutputFile(environment_, shown(file.name)).write(write_kept_failure(file.kept));
    return true;
  } catch (const BadInput& error) {
    environment_.err << "crumbproof: " << error.what() << '\n' << std::flush;
    return false;
  }
}

void KeptFailures::run_first(run::Runner& runner, const search::CheckSettings& settings,
                             const std::function<bool()>& stop) {
  for (File& file : files_) {
    const bool wanted = std::ranges::any_of(settings.properties, [&](const auto* property) {
      return property->name() == file.kept.recorded.property;
    });
    const bool barred =
        !runner.settings().attacks && faults::first_attack(file.kept.recorded.schedule) != nullptr;
    if (!wanted || barred) continue;
    if (stop()) return;
    judge(file, search::replay(file.kept.recorded, runner));
  }
}

void KeptFailures::judge(File& file, const search::ReplayResult& result) {
  const bool was_fixed = file.kept.fixed;
  switch (result.status) {
    case search::ReplayStatus::error:
      tell(fmt::format("{}: it cannot be told whether it fails: {}", shown(file.name),
                       result.reason));
      return;
    case search::ReplayStatus::fixed:
      file.kept.fixed = true;
      tell(fmt::format("{}: {}", shown(file.name), was_fixed ? "still fixed" : "fixed"));
      break;
    case search::ReplayStatus::failed: {
      file.kept.fixed = false;
      tell(
          fmt::format("{}: {}", shown(file.name), was_fixed ? "it fails again" : "it fails still"));
      search::Counterexample found;
      found.property = file.kept.recorded.property;
      found.schedule = result.schedule;
      found.actual = result.actual;
      found.expected = result.expected;
      found.difference = *result.difference;
      found.cause = file.kept.cause;
      found.confirmed = result.failed;
      found.tries = result.tries;
      failing_.push_back(std::move(found));
      break;
    }
  }
  if (file.kept.fixed != was_fixed) static_cast<void>(write(file));
}

void KeptFailures::conclude(search::CheckResult& result, std::string_view version,
                            const std::vector<std::string>& ignore) {
  if (folder_.empty()) return;
  for (const search::Counterexample& found : result.counterexamples) {
    File file{{}, {false, std::string(version), found.cause, {}}};
    file.kept.recorded.schedule = found.schedule;
    file.kept.recorded.property = found.property;
    file.kept.recorded.ignore = ignore;
    file.kept.recorded.difference = found.difference;
    file.name = file_name_of(file.kept);
    const auto known = std::ranges::find(files_, file.name, &File::name);
    if (known != files_.end() && !known->kept.fixed) continue;
    std::error_code error;  // the file cannot be written then, which says more
    fs::create_directories(environment_.folder / folder_, error);
    if (!write(file)) continue;
    tell(fmt::format("kept in {}, which the next check runs first", shown(file.name)));
  }
  if (result.verdict == search::Verdict::fail || failing_.empty()) return;
  result.verdict = search::Verdict::fail;
  result.proof.reset();
  result.bounds.exhausted = false;
  for (search::Counterexample& found : failing_) {
    const auto property =
        std::ranges::find(result.properties, found.property, &search::PropertyVerdict::name);
    if (property == result.properties.end() || property->verdict == search::Verdict::fail) continue;
    property->verdict = search::Verdict::fail;
    property->reason = "a failure that was kept fails still; the search did not come to it";
    result.counterexamples.push_back(std::move(found));
  }
}

}  // namespace crumbproof::cli
