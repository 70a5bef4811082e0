#include <crumbproof/http/process_tree.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace crumbproof::http {

namespace {

std::optional<pid_t> number(std::string_view text) {
  pid_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

/// The parent of a process, from proc(5)'s `PID (NAME) STATE PPID ...`, where the name may hold
/// blanks and brackets. Nothing if the process is gone.
std::optional<pid_t> parent_in(const std::filesystem::path& stat) {
  constexpr std::string_view kBeforeParent = ") S ";
  std::ifstream file(stat);
  // A process that ends between the opening and the reading makes the reading fail: getline() takes
  // that as the end of the file, where an iterator over the stream would throw.
  std::string line;
  std::getline(file, line, '\0');
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  const std::size_t start = name_end + kBeforeParent.size();
  if (start >= line.size()) return std::nullopt;
  return number(std::string_view(line).substr(start, line.find(' ', start) - start));
}

}  // namespace

std::vector<pid_t> descendants_of(pid_t ancestor, const std::filesystem::path& proc) {
  std::multimap<pid_t, pid_t> children;
  std::error_code gone;
  for (std::filesystem::directory_iterator entry(proc, gone), end; entry != end;
       entry.increment(gone)) {
    const auto pid = number(entry->path().filename().native());
    if (!pid) continue;
    if (const auto parent = parent_in(entry->path() / "stat")) children.emplace(*parent, *pid);
  }
  std::vector<pid_t> found{ancestor};
  for (std::size_t n = 0; n < found.size(); ++n) {
    const auto [first, last] = children.equal_range(found[n]);
    for (auto child = first; child != last; ++child) found.push_back(child->second);
  }
  found.erase(found.begin());
  return found;
}

}  // namespace crumbproof::http
