#pragma once

#include <crumbproof/asio/decisions.hpp>
#include <crumbproof/sim/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace crumbproof::asio {

/// A line of handlers of which each began the next, counted from 1. While a handler runs, the first
/// thing that it begins carries its chain on, and each further one starts a new chain: an online
/// chain partition (Ozkan, Majumdar, Niksic, Befrouei, Weissenbacher: "Randomized testing of
/// distributed systems with probabilistic guarantees", OOPSLA 2018). At most one handler of a chain
/// is pending.
enum class Chain : std::uint64_t {};

/// Probabilistic concurrency testing over chains.
struct PctSettings {
  std::uint64_t seed = 0;   ///< equal seeds take equal handlers
  std::uint64_t depth = 1;  ///< how many ordering constraints a bug may need
  std::uint64_t steps = 1;  ///< decision steps of a run, at most
};

/// Which of several ready handlers is run next. Deterministic: what it takes follows from what it
/// was made of and from what it was asked before.
class Policy {
 public:
  /// In the order in which they became ready.
  static Policy fifo();
  /// Each of them with the same chance.
  static Policy random(std::uint64_t seed);
  /// The one whose chain has the highest priority. Priorities are random; at depth - 1 random steps
  /// the chain that is first gets one below those of all chains that have none of these.
  static Policy pct(const PctSettings& settings);
  /// The same as was taken before, and the first beyond its end or where that many are not ready.
  static Policy recorded(Decisions decisions);

  /// Whether it always takes the first, so that it need not be asked.
  [[nodiscard]] bool is_fifo() const { return std::holds_alternative<Fifo>(rule_); }
  /// The index of the one to run, of the chains of all that are ready, which must be several.
  std::size_t choose(std::span<const Chain> ready);

 private:
  struct Fifo {
    static std::size_t choose(std::span<const Chain> ready);
  };
  struct Uniform {
    Random random;
    std::size_t choose(std::span<const Chain> ready);
  };
  struct Pct {
    explicit Pct(const PctSettings& settings);
    std::size_t choose(std::span<const Chain> ready);

   private:
    /// Greater is first; a chain that has fallen is below all that have not.
    using Priority = std::pair<bool, std::uint64_t>;
    struct Fallen {
      Chain chain;
      std::uint64_t priority;
    };
    [[nodiscard]] Priority priority(Chain chain) const;
    [[nodiscard]] std::size_t first(std::span<const Chain> ready) const;

    std::uint64_t salt_ = 0;
    std::uint64_t step_ = 0;
    std::vector<std::uint64_t> changes_;  ///< steps; the i-th lowers to i
    std::vector<Fallen> fallen_;
  };
  struct Recorded {
    Decisions decisions;
    std::uint64_t step = 0;
    std::size_t next = 0;  ///< index into `decisions.taken`
    std::size_t choose(std::span<const Chain> ready);
  };
  using Rule = std::variant<Fifo, Uniform, Pct, Recorded>;

  explicit Policy(Rule rule) : rule_(std::move(rule)) {}

  Rule rule_;
};

/// The least chance of one run under PCT to show a bug of that depth, in an app that is
/// deterministic and begins at most so many chains: 1 / (chains * steps^(depth - 1)).
double pct_chance(const PctSettings& settings, std::uint64_t chains);
/// So many runs, each with a seed of its own, show it with at least the chance `wanted`.
std::uint64_t pct_runs_for(double wanted, const PctSettings& settings, std::uint64_t chains);

}  // namespace crumbproof::asio
