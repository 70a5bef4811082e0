#include <crumbproof/sim/schedule.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof {

namespace {

using Words = std::vector<std::string>;

std::string to_string(const Parameter& parameter) {
  if (const auto* number = std::get_if<std::int64_t>(&parameter.value)) {
    return fmt::format("{}={}", parameter.name, *number);
  }
  return fmt::format("{}={}", parameter.name, fmt::join(std::get<Words>(parameter.value), ","));
}

void add(Hasher& hasher, const Fault& fault) {
  hasher.add(fault.kind).add(fault.delivery.value()).add(fault.parameter.has_value());
  if (!fault.parameter) return;
  const auto& [name, value] = *fault.parameter;
  hasher.add(name).add(value.index());
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    hasher.add(*number);
    return;
  }
  const auto& words = std::get<Words>(value);
  hasher.add(words.size());
  for (const std::string& word : words) hasher.add(word);
}

}  // namespace

std::int64_t Fault::magnitude() const {
  if (!parameter) return 0;
  if (const auto* number = std::get_if<std::int64_t>(&parameter->value)) return *number;
  return static_cast<std::int64_t>(std::get<Words>(parameter->value).size());
}

std::uint64_t Schedule::hash() const {
  Hasher hasher;
  hasher.add(messages.size());
  for (const Message& message : messages) {
    hasher.add(message.pair.value()).add(message.body).add(message.at.time_since_epoch().count());
    hasher.add(to_string(message.from.channel)).add(message.from.country);
    hasher.add(message.media.size());
    for (const std::string& type : message.media) hasher.add(type);
    hasher.add(message.extra.size());
    for (const ExtraParameter& extra : message.extra) hasher.add(extra.name).add(extra.value);
  }
  hasher.add(faults.size());
  for (const Fault& fault : faults) add(hasher, fault);
  return hasher.value();
}

std::string_view to_string(Channel channel) {
  return channel == Channel::whatsapp ? "whatsapp" : "sms";
}

std::string to_string(const Fault& fault) {
  if (!fault.parameter) {
    return fmt::format("{} at delivery {}", fault.kind, fault.delivery.value());
  }
  return fmt::format("{} {} at delivery {}", fault.kind, to_string(*fault.parameter),
                     fault.delivery.value());
}

std::string to_string(const Schedule& schedule) {
  std::string text;
  for (const Message& message : schedule.messages) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{:?}", message.body);
    if (!message.media.empty()) text += fmt::format(" with {}", fmt::join(message.media, ", "));
    if (message.pair != schedule.messages.front().pair) {
      text += fmt::format(" (pair {})", message.pair.value());
    }
    if (message.from.channel != Channel::sms) {
      text += fmt::format(" by {}", to_string(message.from.channel));
    }
  }
  text += ';';
  if (schedule.faults.empty()) return text + " no fault";
  for (std::size_t i = 0; i < schedule.faults.size(); ++i) {
    text += (i == 0 ? " " : ", ") + to_string(schedule.faults[i]);
  }
  return text;
}

}  // namespace crumbproof
