#pragma once

#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/inquiry.hpp>

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace crumbproof::search {

/// Of an app in simulated time: other orders of its handlers, for each conversation and for each
/// two requests of it that can be in flight together. They are no part of the exhaustive search's
/// bounds; what is found is a schedule with a `shuffle`.
class HandlerOrders {
 public:
  /// Both must outlive this object.
  HandlerOrders(Inquiry& inquiry, const Conversations& conversations, std::uint64_t seed);

  /// Goes on to the next finding, made smaller by single steps, or until all is tried.
  std::variant<Finding, Stop> next(std::uint64_t budget);
  /// What was tried so far.
  [[nodiscard]] HandlerOrderBounds bounds() const { return bounds_; }

 private:
  /// What another order is tried of.
  struct Base {
    std::size_t conversation = 0;
    std::vector<Fault> faults;
  };

  /// Whether any two handlers were ready at once when the base was run in order 0.
  bool has_choices(const Base& base);
  /// Each order of handlers is one shard's.
  [[nodiscard]] bool is_mine(const Base& base, HandlerOrder order) const;
  std::optional<Finding> attempt(const Base& base, HandlerOrder order);
  Finding made_smaller(Finding finding, HandlerOrder order);

  Inquiry& inquiry_;
  const Conversations& conversations_;
  std::uint64_t seed_;
  std::vector<Base> bases_;  ///< still to be tried, the last one first
  std::size_t orders_ = 0;   ///< of the last one, so many were tried
  HandlerOrderBounds bounds_;
};

}  // namespace crumbproof::search
