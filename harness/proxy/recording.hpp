#pragma once

#include <crumbproof/proxy/anonymizer.hpp>
#include <crumbproof/proxy/incoming.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::proxy {

/// Messages that a recording holds; later ones are counted, not kept.
inline constexpr std::size_t kMostRecorded = 10'000;

/// The conversations that went through the proxy, as a scenario file of `check`: what was said, and
/// when, one conversation for each pair. What is sent again, with the same MessageSid, counts once.
class Recording {
 public:
  /// With an anonymizer no word and no number of what people wrote gets into it.
  explicit Recording(std::optional<Anonymizer> anonymizer) : anonymizer_(std::move(anonymizer)) {}

  /// A webhook has come, so long after the proxy began. What is no message is passed over.
  void add(const Incoming& incoming, std::chrono::milliseconds at);

  /// The scenario file. Without a message it is one that check refuses, so ask messages() first.
  [[nodiscard]] std::string scenario() const;
  [[nodiscard]] std::size_t messages() const { return messages_; }
  [[nodiscard]] std::size_t conversations() const { return conversations_.size(); }
  /// Messages that found no room.
  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

 private:
  struct Message {
    std::string sid;
    std::string text;
    std::vector<std::string> media;
    std::chrono::milliseconds at;
  };

  static std::string said(const Message& message, std::optional<std::chrono::milliseconds> after);

  std::optional<Anonymizer> anonymizer_;
  std::map<Pair, std::size_t> numbers_;                               ///< of the conversations
  std::vector<std::pair<Pair, std::vector<Message>>> conversations_;  ///< in order of appearance
  std::size_t messages_ = 0;
  std::uint64_t left_out_ = 0;
};

}  // namespace crumbproof::proxy
