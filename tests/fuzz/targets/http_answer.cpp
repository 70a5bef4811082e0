#include <crumbproof/http/answer_reader.hpp>
#include <crumbproof/http/exchange_failed.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using http::AnswerReader;
using twilio::Field;

constexpr http::HttpLimits kLimits{std::chrono::milliseconds(1), 4096, 8192};

/// What has come of some bytes.
struct Read {
  twilio::Response response;
  std::string failure;  ///< and of which kind; empty: none
  bool reusable = false;

  friend bool operator==(const Read& one, const Read& other) {
    return one.response.status == other.response.status &&
           one.response.headers == other.response.headers &&
           one.response.body == other.response.body && one.failure == other.failure &&
           one.reusable == other.reusable;
  }
};

/// They come in pieces of at most that size.
Read read(std::string_view bytes, std::size_t piece, bool to_head) {
  AnswerReader reader(kLimits);
  reader.begin(to_head);
  Read read;
  try {
    bool whole = false;
    while (!bytes.empty() && !whole) {
      const auto room = reader.room();
      hold(!room.empty(), "there is always room");
      const std::size_t count = std::min({piece, room.size(), bytes.size()});
      std::copy_n(bytes.begin(), count, room.begin());
      bytes.remove_prefix(count);
      whole = reader.received(count);
    }
    if (!whole) reader.ended();
    read.reusable = reader.connection_is_reusable() && bytes.empty();
    read.response = reader.take();
  } catch (const http::ExchangeFailed& failed) {
    hold_one_line(failed.what());
    read.failure = fmt::format("{} {}", static_cast<int>(failed.ending()), failed.what());
  }
  return read;
}

bool is_framing(const Field& field) {
  constexpr std::string_view kFraming = " content-length transfer-encoding connection upgrade ";
  std::string name = field.name;
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return kFraming.find(' ' + name + ' ') != std::string_view::npos ||
         name.starts_with("proxy-connection");
}

void hold_of(const twilio::Response& response) {
  constexpr std::string_view kEnds("\0\r\n", 3);
  hold(response.status >= 200 && response.status <= 999, "a status is one of an answer's");
  hold(response.body.size() <= kLimits.body_bytes, "the body is within its bound");
  std::size_t head = 0;
  for (const Field& field : response.headers) {
    head += field.name.size() + field.value.size();
    hold(
        !field.name.empty() && (field.name + field.value).find_first_of(kEnds) == std::string::npos,
        "a field has a name and ends where it ends");
  }
  hold(head <= kLimits.header_bytes, "the headers are within their bound");
}

/// The answer as another server would write it; what frames it is that server's.
std::string written(const twilio::Response& response, std::vector<Field>& headers) {
  std::string text = fmt::format("HTTP/1.1 {} OK\r\n", response.status);
  for (const Field& field : response.headers) {
    if (is_framing(field)) continue;
    headers.push_back(field);
    text += fmt::format("{}: {}\r\n", field.name, field.value);
  }
  const std::string length = std::to_string(response.body.size());
  headers.push_back({"Content-Length", length});
  return text + "Content-Length: " + length + "\r\n\r\n" + response.body;
}

void hold_round_trip(const twilio::Response& response) {
  constexpr int kNoContent = 204;
  constexpr int kNotModified = 304;
  constexpr std::size_t kMargin = 200;
  if (response.status == kNoContent || response.status == kNotModified) return;
  std::vector<Field> headers;
  const std::string text = written(response, headers);
  if (text.size() - response.body.size() + headers.size() * 4 + kMargin > kLimits.header_bytes) {
    return;
  }
  const Read again = read(text, text.size(), false);
  hold(again.failure.empty() && again.response.headers == headers &&
           again.response.body == response.body && again.response.status == response.status,
       "an answer that is written reads back the same");
}

}  // namespace

void fuzz_http_answer(std::string_view bytes) {
  Input input(bytes);
  const std::size_t piece = 1 + input.below(100);
  const bool to_head = input.character() == 'H';
  input.line();
  const std::string_view answer = input.rest();
  const Read whole = read(answer, answer.size() + 1, to_head);
  hold(read(answer, piece, to_head) == whole, "how bytes are cut into pieces makes no difference");
  if (!whole.failure.empty()) return;
  hold_of(whole.response);
  hold_round_trip(whole.response);
}

}  // namespace crumbproof::fuzz
