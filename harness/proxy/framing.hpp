#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace crumbproof::proxy {

/// What an HTTP message may be.
inline constexpr std::uint32_t kMostHeadBytes = 256 * 1024;

/// Finds the end of one HTTP message in the bytes of a connection (RFC 9112), by Beast's parser.
class Framing {
 public:
  /// What is read. The answer to HEAD has no body, whatever it says.
  enum class Kind : std::uint8_t { request, answer, answer_to_head };

  explicit Framing(Kind kind);
  ~Framing();
  Framing(Framing&&) noexcept;
  Framing& operator=(Framing&&) noexcept;
  Framing(const Framing&) = delete;
  Framing& operator=(const Framing&) = delete;

  /// How many of the bytes belong to the message: to its head alone as long as that is not whole,
  /// and then to its body. What does not yet suffice to tell is to be given again, with more.
  std::size_t put(std::string_view bytes);
  /// The connection has ended.
  void put_end();

  [[nodiscard]] bool head_is_whole() const;
  [[nodiscard]] bool is_whole() const;
  /// Why this is no HTTP; empty as long as it is.
  [[nodiscard]] const std::string& complaint() const;

  /// Of a whole head: whether the connection can be used again after the message.
  [[nodiscard]] bool keeps_alive() const;
  /// Of an answer's whole head: its status.
  [[nodiscard]] int status() const;
  /// Of a request's whole head: whether a body follows.
  [[nodiscard]] bool has_body() const;
  /// The content that has been put, without its framing.
  [[nodiscard]] const std::string& content() const;
  /// From here on content is not kept.
  void forget_content();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace crumbproof::proxy
