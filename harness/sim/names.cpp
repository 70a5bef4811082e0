#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <numeric>
#include <set>

#include <fmt/format.h>

namespace crumbproof {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::size_t index_of(std::string_view name, const KnownNames& names) {
  const auto found = std::ranges::find(names.known, name);
  if (found != names.known.end()) return static_cast<std::size_t>(found - names.known.begin());
  throw BadInput(fmt::format("there is no {} {:?}; did you mean \"{}\"?", names.what, name,
                             nearest(name, names.known)));
}

}  // namespace

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& known) {
  return *std::ranges::min_element(
      known, {}, [name](std::string_view candidate) { return edit_distance(name, candidate); });
}

std::vector<std::size_t> parse_name_list(std::string_view list, const KnownNames& names) {
  std::set<std::size_t> indexes;
  while (true) {
    const auto comma = list.find(',');
    const std::string_view name = trim(list.substr(0, comma));
    if (name.empty()) {
      throw BadInput(fmt::format("a name is missing in the list of {} names", names.what));
    }
    indexes.insert(index_of(name, names));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return {indexes.begin(), indexes.end()};
}

}  // namespace crumbproof
