#pragma once

#include <crumbproof/http/http_target.hpp>
#include <crumbproof/twilio/http.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace crumbproof::http {

/// Reads HTTP/1.x answers (RFC 9112) from bytes, one answer after begin(). Interim answers (1xx)
/// are skipped, trailers dropped. Never holds more than the bounds.
class AnswerReader {
 public:
  explicit AnswerReader(const HttpLimits& limits);
  ~AnswerReader();
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;

  /// A new answer is to come, on whatever connection; what is left of the last one is forgotten. An
  /// answer to HEAD has no body, whatever its headers say.
  void begin(bool to_head);
  /// Where the next bytes of the answer may be put; never empty.
  [[nodiscard]] std::span<char> room();
  /// So many bytes were put into the room. True if the answer is whole. Throws ExchangeFailed if it
  /// is malformed or too large.
  bool received(std::size_t bytes);
  /// The connection has ended in order. Throws ExchangeFailed if the answer is not whole.
  void ended();

  /// Whether a byte of the answer has come.
  [[nodiscard]] bool began() const;
  /// How far the answer has come, as in "the connection ended within the headers of the answer".
  [[nodiscard]] std::string_view progress() const;
  /// Whether the connection can take another request: the answer is whole, leaves the connection
  /// open, and nothing came after it.
  [[nodiscard]] bool connection_is_reusable() const;
  /// Whether bytes have come after the whole answer.
  [[nodiscard]] bool has_more() const;
  /// The whole answer; the reader has it no more.
  [[nodiscard]] twilio::Response take();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace crumbproof::http
