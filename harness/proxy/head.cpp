#include <crumbproof/proxy/head.hpp>
#include <crumbproof/twilio/ascii.hpp>

#include <algorithm>

namespace crumbproof::proxy {

namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// Where the line that begins there ends, its line end included.
std::size_t end_of_line(std::string_view text, std::size_t begin) {
  const std::size_t end = text.find(kLineEnd, begin);
  return end == std::string_view::npos ? text.size() : end + kLineEnd.size();
}

/// A line that goes on with the one before (RFC 9112 section 5.2).
bool is_folded(std::string_view text, std::size_t begin) {
  return begin < text.size() && (text[begin] == ' ' || text[begin] == '\t');
}

/// A word of the start line, counted from 0.
std::string_view word(std::string_view head, int number) {
  std::string_view line = head.substr(0, head.find(kLineEnd));
  for (; number > 0; --number) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return {};
    line.remove_prefix(space + 1);
  }
  return line.substr(0, line.find(' '));
}

}  // namespace

std::string_view Head::method() const { return word(bytes_, 0); }
std::string_view Head::target() const { return word(bytes_, 1); }

std::vector<Head::Line> Head::lines(std::string_view name) const {
  const std::string_view text = bytes_;
  const std::string wanted = twilio::lower_case(name);
  std::vector<Line> found;
  for (std::size_t begin = end_of_line(text, 0); begin < text.size();) {
    std::size_t end = end_of_line(text, begin);
    while (is_folded(text, end)) end = end_of_line(text, end);
    const std::size_t colon = text.find(':', begin);
    if (colon < end && twilio::lower_case(text.substr(begin, colon - begin)) == wanted) {
      const std::string_view value = twilio::trim(text.substr(colon + 1, end - colon - 1));
      const std::size_t value_begin =
          value.empty() ? colon + 1 : static_cast<std::size_t>(value.data() - text.data());
      found.push_back({begin, end, value_begin, value_begin + value.size()});
    }
    begin = end;
  }
  return found;
}

std::vector<std::string_view> Head::values(std::string_view name) const {
  std::vector<std::string_view> found;
  for (const Line& line : lines(name)) {
    found.push_back(
        std::string_view(bytes_).substr(line.value_begin, line.value_end - line.value_begin));
  }
  return found;
}

std::string_view Head::value(std::string_view name) const {
  const auto found = values(name);
  return found.empty() ? std::string_view() : found.front();
}

std::vector<std::string> Head::take(std::string_view name) {
  std::vector<std::string> taken;
  auto found = lines(name);
  std::ranges::reverse(found);  // so that what is still to go stays in its place
  for (const Line& line : found) {
    taken.push_back(bytes_.substr(line.begin, line.end - line.begin));
    bytes_.erase(line.begin, line.end - line.begin);
  }
  std::ranges::reverse(taken);
  return taken;
}

void Head::replace(std::string_view name, std::string_view value) {
  auto found = lines(name);
  if (found.empty()) return;
  const Line first = found.front();
  found.erase(found.begin());
  std::ranges::reverse(found);
  for (const Line& line : found) bytes_.erase(line.begin, line.end - line.begin);
  bytes_.replace(first.value_begin, first.value_end - first.value_begin, value);
}

void Head::append(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line;
  bytes_.insert(bytes_.size() - std::min(bytes_.size(), kLineEnd.size()), all);
}

}  // namespace crumbproof::proxy
