#pragma once

#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/level.hpp>
#include <crumbproof/search/look_ahead.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <variant>

namespace crumbproof::search {

/// Every schedule within the bounds, in order of size: the first finding is the smallest there is.
/// Each schedule shows what else could strike after its last fault, which makes the schedules of
/// one fault more; what makes no difference is never offered.
class Exhaustive {
 public:
  /// Both must outlive this object. With `below`, only schedules smaller than that are tried.
  Exhaustive(Inquiry& inquiry, const Conversations& conversations,
             std::optional<Size> below = std::nullopt);

  /// Goes on to the next finding, or until it must stop; `budget` counts all deliveries of the
  /// check.
  std::variant<Finding, Stop> next(std::uint64_t budget);
  /// Whether every schedule that was planned could be run as planned. Not so if the app answered
  /// otherwise in the meantime, and a fault no longer found its place.
  [[nodiscard]] bool complete() const { return complete_; }
  /// All that was judged.
  [[nodiscard]] Ledger& ledger() { return ledger_; }

 private:
  bool next_level();
  /// Whether this shard has to run the schedule of one fault more.
  [[nodiscard]] bool is_needed(const Conversation& conversation, std::span<const Fault> faults,
                               const Fault& offer) const;
  /// Many schedules in a row are of the same conversation.
  const Conversation& conversation(std::size_t number);

  Inquiry& inquiry_;
  const Conversations& conversations_;
  std::optional<Size> below_;
  std::size_t at_ = 0;  ///< the level's next: without faults a conversation, else a schedule
  Level level_{0};      ///< that is tried; without faults it stands for all conversations
  Level larger_{1};     ///< of one fault more
  std::optional<std::size_t> current_;  ///< the number of `conversation_`
  Conversation conversation_;
  LookAhead ahead_;
  Ledger ledger_;
  bool complete_ = true;
};

}  // namespace crumbproof::search
