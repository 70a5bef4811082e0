#include <crumbproof/proxy/event.hpp>
#include <crumbproof/proxy/recording.hpp>
#include <crumbproof/twilio/addresses.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::proxy {

namespace {

using std::chrono::milliseconds;

/// A text of YAML in double quotes, which JSON's are.
std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

/// As in `4h30m`: the units of a scenario's `after`.
std::string shown_span(milliseconds span) {
  constexpr std::array<std::pair<std::int64_t, std::string_view>, 5> kUnits{
      {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "m"}, {1000, "s"}, {1, "ms"}}};
  std::string text;
  std::int64_t rest = span.count();
  for (const auto& [length, name] : kUnits) {
    if (rest >= length) text += fmt::format("{}{}", rest / length, name);
    rest %= length;
  }
  return text.empty() ? "0s" : text;
}

/// What a scenario takes: 1600 characters, as at Twilio.
std::string fitting(const std::string& text) {
  constexpr std::size_t kMostCharacters = 1600;
  std::size_t characters = 0;
  const std::string valid = twilio::valid_utf8(text);
  std::size_t end = 0;
  for (; end < valid.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(valid[end]) & 0xC0U) != 0x80U;
    if (begins && ++characters > kMostCharacters) break;
  }
  return valid.substr(0, end);
}

bool is_media_type(const std::string& type) {
  constexpr std::string_view kKnown = "abcdefghijklmnopqrstuvwxyz0123456789/.+-";
  const std::size_t slash = type.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < type.size() &&
         type.find_first_not_of(kKnown) == std::string::npos;
}

}  // namespace

void Recording::add(const Incoming& incoming, milliseconds at) {
  if (!incoming.is_message) return;
  const auto known = numbers_.find(incoming.pair);
  if (known != numbers_.end() && !incoming.message_sid.empty()) {
    const auto& before = conversations_[known->second].second;
    if (std::ranges::find(before, incoming.message_sid, &Message::sid) != before.end()) return;
  }
  if (messages_ == kMostRecorded) {
    ++left_out_;
    return;
  }
  ++messages_;
  if (known == numbers_.end()) {
    numbers_[incoming.pair] = conversations_.size();
    conversations_.emplace_back(incoming.pair, std::vector<Message>());
  }
  Message message{incoming.message_sid, fitting(incoming.text), incoming.media, at};
  std::erase_if(message.media, [](const std::string& type) { return !is_media_type(type); });
  if (anonymizer_) message.text = fitting(anonymizer_->replace(message.text));
  conversations_[numbers_[incoming.pair]].second.push_back(std::move(message));
}

std::string Recording::said(const Message& message, std::optional<milliseconds> after) {
  std::string text = "      - {text: " + quoted(message.text);
  if (after) text += ", after: " + shown_span(*after);
  if (!message.media.empty()) text += ", media: " + nlohmann::json(message.media).dump();
  return text + "}\n";
}

std::string Recording::scenario() const {
  std::string text = "# Recorded by crumbproof proxy.\nconversations:\n";
  std::size_t number = 0;
  for (const auto& [pair, messages] : conversations_) {
    ++number;
    const std::string who = anonymizer_
                                ? fmt::format("sender {}", number)
                                : fmt::format("sender {} ({})", number, short_number(pair.from));
    text += "  - name: " + quoted(who) + '\n';
    if (twilio::channel_prefix(pair.from) == "whatsapp:") text += "    channel: whatsapp\n";
    text += "    say:\n";
    std::optional<milliseconds> before;
    for (const Message& message : messages) {
      text += said(message, before ? std::optional(message.at - *before) : std::nullopt);
      before = message.at;
    }
  }
  return text;
}

}  // namespace crumbproof::proxy
