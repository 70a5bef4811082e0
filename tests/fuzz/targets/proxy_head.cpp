#include <crumbproof/proxy/framing.hpp>
#include <crumbproof/proxy/head.hpp>
#include <crumbproof/twilio/ascii.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using proxy::Head;

/// Takes the fields of a name out and puts them back: the bytes of all others stay as they are.
void hold_take(const Head& head, std::string_view name) {
  Head less = head;
  std::size_t bytes = 0;
  const auto lines = less.take(name);
  for (const std::string& line : lines) bytes += line.size();
  hold(less.bytes().size() + bytes == head.bytes().size(), "what is taken out is what is missing");
  hold(lines.size() == head.values(name).size(), "of each field its line is taken");
  hold(less.values(name).empty(), "what is taken out is not there any more");
  Head more = less;
  more.append(lines);
  hold(more.bytes().size() == head.bytes().size(), "what is put back is whole");
}

void hold_replace(const Head& head, std::string_view name) {
  constexpr std::string_view kValue = "another value";
  Head edited = head;
  edited.replace(name, kValue);
  if (head.values(name).empty()) {
    hold(edited.bytes() == head.bytes(), "a field that is not there is not replaced");
    return;
  }
  hold(edited.values(name) == std::vector<std::string_view>{kValue},
       "a field that is replaced is there once");
  hold(edited.method() == head.method() && edited.target() == head.target(),
       "the start line stays as it is");
}

}  // namespace

/// The first line names a field, and the rest is the head; the proxy only has heads that its parser
/// has found whole.
void fuzz_proxy_head(std::string_view bytes) {
  Input input(bytes);
  const std::string_view name = input.line();
  const std::string_view rest = input.rest();
  proxy::Framing framing(proxy::Framing::Kind::request);
  const std::size_t length = framing.put(rest);
  if (!framing.head_is_whole() || !framing.complaint().empty()) return;
  const Head head{std::string(rest.substr(0, length))};
  hold(!head.method().empty() && !head.target().empty(), "a request has a method and a target");
  for (const std::string_view value : head.values(name)) {
    hold(twilio::trim(value) == value, "a value has no white space around it");
  }
  hold_take(head, name);
  hold_replace(head, name);
}

}  // namespace crumbproof::fuzz
