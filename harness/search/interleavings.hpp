#pragma once

#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/interleaving.hpp>
#include <crumbproof/search/pct.hpp>
#include <crumbproof/sim/random.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <variant>
#include <vector>

namespace crumbproof::search {

/// Set/trigger races beyond what --max-faults allows: of the longest conversations, every order of
/// triggers, arrivals and stores of up to three messages in flight; and of conversations with more
/// messages, orders of all of them, drawn by PCT.
class Interleavings {
 public:
  /// Both must outlive this object.
  Interleavings(Inquiry& inquiry, const Conversations& conversations, std::uint64_t seed);

  /// Goes on to the next finding, made smaller by single steps, or until all is tried.
  std::variant<Finding, Stop> next(std::uint64_t budget);
  /// What was tried so far.
  [[nodiscard]] InterleavingBounds bounds() const;

 private:
  using ByMessage = std::map<MessageIndex, Lateness>;

  /// What is drawn of one pair's messages.
  struct Drawing {
    Pct pct;
    std::vector<std::size_t> indexes;       ///< of the messages
    std::vector<std::uint32_t> overtakers;  ///< that each may have
    Random random;
    std::uint64_t runs = 0;  ///< so far
  };

  void plan(std::size_t conversation);
  void plan_windows(const std::vector<Message>& messages);
  void plan_pct(const std::vector<Message>& messages);
  /// The next order of the drawing that was not tried yet; nothing if there are enough.
  std::optional<ByMessage> draw(Drawing& drawing);
  /// The next order of the conversation that is planned; nothing if it is through.
  std::optional<ByMessage> next_order();
  [[nodiscard]] std::uint64_t deliveries() const;
  /// Whether it is this shard's to try that order of the conversation that is planned.
  [[nodiscard]] bool is_mine(const ByMessage& lateness) const;
  std::optional<Finding> attempt(const ByMessage& lateness);
  std::optional<Finding> tried(const Conversation& conversation, run::ChoiceSource& choices);
  Finding made_smaller(Finding finding);

  Inquiry& inquiry_;
  const Conversations& conversations_;
  std::uint64_t seed_;
  std::size_t conversation_;  ///< the next one that is to be planned
  std::size_t planned_ = 0;   ///< the one whose orders are in `orders_`
  std::set<ByMessage> tried_;
  std::vector<ByMessage> orders_;  ///< still to be tried, the last one first
  std::vector<Drawing> drawings_;  ///< for when they are
  std::uint64_t may_draw_;         ///< so many deliveries: about as many as all before have cost
  bool is_drawn_ = false;          ///< the order that is tried
  InterleavingBounds bounds_;
};

}  // namespace crumbproof::search
