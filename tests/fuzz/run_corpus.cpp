#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <targets.hpp>

namespace {

namespace fs = std::filesystem;
using crumbproof::fuzz::Target;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// How many inputs there were. The name is told first, since an input may end the process.
std::size_t run(const Target& target, const fs::path& folder) {
  const auto files = files_in(folder);
  for (const fs::path& file : files) {
    fmt::print("{}\n", file.filename().string());
    std::fflush(stdout);
    std::ifstream stream(file, std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(stream), {}};
    target.run(input);
  }
  return files.size();
}

/// Whether the folders and the targets are the same.
bool check(const fs::path& corpora) {
  std::vector<std::string> folders;
  for (const fs::path& folder : files_in(corpora)) folders.push_back(folder.filename().string());
  std::vector<std::string> names;
  for (const Target& target : crumbproof::fuzz::targets()) names.emplace_back(target.name);
  std::ranges::sort(names);
  if (names == folders) return true;
  fmt::print("targets: {}\ncorpora: {}\n", fmt::join(names, " "), fmt::join(folders, " "));
  return false;
}

}  // namespace

/// `fuzz_corpus --target=NAME FOLDER` runs a target over the files of a folder, without libFuzzer;
/// `fuzz_corpus --check FOLDER` tells whether each target has a folder there.
int main(int count, char** arguments) {
  constexpr std::string_view kTarget = "--target=";
  const std::vector<std::string_view> given(arguments + 1, arguments + count);
  if (given.size() != 2) return EXIT_FAILURE;
  if (given[0] == "--check") return check(given[1]) ? EXIT_SUCCESS : EXIT_FAILURE;
  const Target* const target =
      crumbproof::fuzz::find_target(given[0].substr(std::min(given[0].size(), kTarget.size())));
  if (target == nullptr || run(*target, given[1]) == 0) {
    fmt::print("there is no such target, or no input\n");
    return EXIT_FAILURE;
  }
}
