#include <crumbproof/proxy/event.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::proxy {

namespace {

double seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// What was done and what is to be said, in words.
std::vector<std::string> words_of(const Event& event) {
  std::vector<std::string> words;
  if (event.course) {
    for (const Deed& deed : event.course->deeds) {
      words.push_back(fmt::format("{}: {}", to_string(deed.kind), deed.words));
    }
  }
  words.insert(words.end(), event.notes.begin(), event.notes.end());
  words.push_back(event.status == 0
                      ? "no answer"
                      : fmt::format("answered {} in {} ms", event.status, event.took.count()));
  return words;
}

/// A byte that could do something to a terminal as a question mark.
std::string on_one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c == '\x7f'; }, '?');
  return text;
}

}  // namespace

bool Event::is_touched() const { return !notes.empty() || (course && !course->deeds.empty()); }

std::string short_number(const std::string& number) {
  constexpr std::size_t kShown = 4;
  std::string digits;
  std::ranges::copy_if(number, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  return ".." + digits.substr(digits.size() - std::min(digits.size(), kShown));
}

std::string log_line(const Event& event) {
  std::string line = fmt::format("{:10.3f} s  ", seconds(event.at));
  if (event.course) {
    line += fmt::format("{} to {}  delivery {}", short_number(event.course->pair.from),
                        short_number(event.course->pair.to), event.course->number);
  } else {
    line += event.request;
  }
  std::string_view separator = "  ";
  for (const std::string& words : words_of(event)) {
    line += separator;
    line += words;
    separator = "; ";
  }
  return on_one_line(twilio::valid_utf8(line)) + '\n';
}

std::string log_json(const Event& event) {
  nlohmann::ordered_json json;
  json["t_s"] = seconds(event.at);
  json["request"] = event.request;
  if (event.course) {
    json["from"] = short_number(event.course->pair.from);
    json["to"] = short_number(event.course->pair.to);
    json["delivery"] = event.course->number;
    json["faults"] = nlohmann::ordered_json::array();
    for (const Deed& deed : event.course->deeds) {
      json["faults"].push_back({{"kind", to_string(deed.kind)}, {"what", deed.words}});
    }
  }
  json["notes"] = event.notes;
  json["status"] = event.status;
  json["ms"] = event.took.count();
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace crumbproof::proxy
