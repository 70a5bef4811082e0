#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/ids.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crumbproof {

/// How a message reaches Twilio.
enum class Channel : std::uint8_t {
  sms,  ///< an SMS, or an MMS when it has media
  whatsapp,
};

/// Where a message comes from, as far as its webhook shows it.
struct Origin {
  Channel channel = Channel::sms;  ///< SMS or WhatsApp
  std::string country = "US";      ///< of the sender's number: ISO 3166-1 alpha-2

  friend bool operator==(const Origin&, const Origin&) = default;
};

/// A parameter of the webhook beside those that every message has, as in `ButtonText`.
struct ExtraParameter {
  std::string name;   ///< as the webhook has it
  std::string value;  ///< decoded

  friend bool operator==(const ExtraParameter&, const ExtraParameter&) = default;
};

/// One inbound message: who says what, and when it is sent if nothing delays it.
struct Message {
  PairIndex pair;                          ///< who says it
  std::string body;                        ///< what is said
  Instant at;                              ///< when it is sent
  std::vector<std::string> media = {};     ///< content types, as in `image/jpeg`
  Origin from = {};                        ///< of the sender
  std::vector<ExtraParameter> extra = {};  ///< in this order, after all others

  friend bool operator==(const Message&, const Message&) = default;
};

/// What a fault needs beside its place: `stale` has k, `late-write` d, `expire` seconds, `partial`
/// the names of the cookies that it withholds.
struct Parameter {
  std::string name;  ///< as in `k` or `seconds`
  /// A number, or names of cookies.
  std::variant<std::int64_t, std::vector<std::string>> value;

  friend auto operator<=>(const Parameter&, const Parameter&) = default;
};

/// One degradation at one place of a schedule.
struct Fault {
  std::string kind;                    ///< as in `--faults`
  DeliveryNumber delivery;             ///< where it strikes, in order of arrival
  std::optional<Parameter> parameter;  ///< nothing: the kind needs none

  /// How much the fault does, for the size order: the number, or how many names; else 0.
  [[nodiscard]] std::int64_t magnitude() const;

  friend auto operator<=>(const Fault&, const Fault&) = default;
};

/// Messages, faults and (by the faults that reorder) arrival order: pure data, enough to run an
/// execution again byte for byte. Faults stand in the order in which they take effect.
struct Schedule {
  std::vector<Message> messages;  ///< in the order in which they are sent
  std::vector<Fault> faults;      ///< none: the app has perfect cookies

  /// Equal on all machines for equal schedules.
  [[nodiscard]] std::uint64_t hash() const;
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// `sms` or `whatsapp`.
std::string_view to_string(Channel channel);
/// The fault in words a user knows from the command line, as in `stale k=2 at delivery 3`.
std::string to_string(const Fault& fault);
/// The schedule on one line, as in `"order", "yes"; missing at delivery 2`.
std::string to_string(const Schedule& schedule);

}  // namespace crumbproof
