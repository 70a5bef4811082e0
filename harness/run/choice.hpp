#pragma once

#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace crumbproof::run {

/// The places at which a fault can act (docs/architecture.md).
enum class Seam : std::uint8_t { send, deliver, read, write };

/// A delivery told by its message and its place among the message's deliveries, which stays the
/// same when other messages take more or fewer deliveries.
struct Place {
  MessageIndex message;       ///< which it belongs to
  std::uint32_t ordinal = 0;  ///< from 0, in order of arrival
  bool callback = false;      ///< a status callback: these are counted by themselves

  friend auto operator<=>(const Place&, const Place&) = default;
};

/// Where the scheduler is, and with which delivery.
struct ChoicePlace {
  Seam seam = Seam::send;   ///< of the delivery's way
  Place place;              ///< the delivery
  DeliveryNumber delivery;  ///< its number, at `send` the next one: those held back get a later one
};

/// The scheduler asks: which of these faults strikes here? All make a difference here, either to
/// what the app sees or to what the store keeps, unless the run was asked to offer the others too.
struct ChoicePoint {
  Seam seam = Seam::send;               ///< where the scheduler is
  Place place;                          ///< and with which delivery
  std::span<const Fault> alternatives;  ///< never empty
};

/// Decides at every seam. Exhaustive, random, replayed and shrunk runs differ in this object only.
class ChoiceSource {
 public:
  ChoiceSource() = default;
  ChoiceSource(const ChoiceSource&) = delete;
  ChoiceSource& operator=(const ChoiceSource&) = delete;
  virtual ~ChoiceSource() = default;

  /// The execution starts (again): decide as from the beginning.
  virtual void restart() = 0;
  /// 0 for no fault, or 1 + the index of the alternative that strikes.
  virtual std::size_t choose(const ChoicePoint& point) = 0;
  /// Whether alternatives are of any use there; if not, the scheduler need not work them out.
  [[nodiscard]] virtual bool wants_choices(const ChoicePlace& /*at*/) const { return true; }
  /// Of places where wants_choices(): whether what faults of that kind could do is of any use.
  [[nodiscard]] virtual bool wants_kind(const ChoicePlace& /*at*/,
                                        std::string_view /*kind*/) const {
    return true;
  }
  /// Whether what is on offer now could be added to what has struck, and counts. What comes before
  /// a plan's last fault was counted when the plan without it was run.
  [[nodiscard]] virtual bool may_grow() const { return true; }
  /// Whether it cares for every order of triggers and stores, and not only for how many triggers a
  /// store comes late.
  [[nodiscard]] virtual bool looks_finely() const { return false; }
  /// The order of the app's handlers that it would choose, if that were up to it; 0: none.
  [[nodiscard]] virtual HandlerOrder handler_order() const { return {}; }
  /// Equal for sources that choose alike, and for others by chance only.
  [[nodiscard]] virtual std::uint64_t identity() const = 0;
};

/// A fault of a schedule, and where it struck.
struct PlacedFault {
  Seam seam = Seam::send;  ///< at which it struck
  Place place;             ///< the delivery that it struck
  Fault fault;             ///< as a schedule names it

  friend bool operator==(const PlacedFault&, const PlacedFault&) = default;
};

/// Takes exactly the faults of a schedule, by name and delivery; and keeps what else was on offer
/// after the last of them, from which larger schedules are made. A number that is not on offer is
/// taken as the nearest one: a date that the app reckons by its own clock may move by a second.
class PlannedChoices final : public ChoiceSource {
 public:
  /// `keep_offers` says whether offers() is wanted. The plan must outlive this object.
  explicit PlannedChoices(std::span<const Fault> plan, bool keep_offers = false);

  void restart() override;
  std::size_t choose(const ChoicePoint& point) override;
  [[nodiscard]] bool wants_choices(const ChoicePlace& at) const override;
  [[nodiscard]] bool wants_kind(const ChoicePlace& at, std::string_view kind) const override;
  [[nodiscard]] bool may_grow() const override;
  [[nodiscard]] std::uint64_t identity() const override;
  [[nodiscard]] bool looks_finely() const override { return looks_finely_; }
  [[nodiscard]] HandlerOrder handler_order() const override;

  /// Whether every fault of the plan found its place.
  [[nodiscard]] bool fits() const { return taken_ == plan_.size(); }
  /// What was on offer after the plan's last fault struck, in order.
  [[nodiscard]] std::vector<Fault>& offers() { return offers_; }

 private:
  std::span<const Fault> plan_;
  bool keep_offers_;
  bool looks_finely_;
  std::size_t taken_ = 0;
  std::vector<Fault> offers_;
};

/// The delivery faults of another run, wherever the same deliveries come up again: how the fresh
/// twin gets the same deliveries in the same arrival order.
class SameDeliveries final : public ChoiceSource {
 public:
  /// The faults must outlive this object.
  explicit SameDeliveries(std::span<const PlacedFault> faults) : faults_(faults) {}

  void restart() override {}
  std::size_t choose(const ChoicePoint& point) override;
  [[nodiscard]] bool wants_choices(const ChoicePlace& at) const override;
  [[nodiscard]] bool wants_kind(const ChoicePlace& at, std::string_view kind) const override;
  [[nodiscard]] bool may_grow() const override { return false; }
  [[nodiscard]] std::uint64_t identity() const override;

 private:
  std::span<const PlacedFault> faults_;
};

/// Drawn choices: one number for each choice point in turn, 0 for no fault and else one of the
/// alternatives, modulo how many there are. Past the end of the numbers, and past so many faults,
/// nothing strikes; so every sequence of numbers is a valid schedule, and shrinking may lower or
/// cut it as it likes.
class DrawnChoices final : public ChoiceSource {
 public:
  /// The numbers must outlive this object.
  DrawnChoices(std::span<const std::uint32_t> numbers, std::size_t max_faults)
      : numbers_(numbers), max_faults_(max_faults) {}

  void restart() override;
  std::size_t choose(const ChoicePoint& point) override;
  [[nodiscard]] bool wants_choices(const ChoicePlace& /*at*/) const override { return may_grow(); }
  [[nodiscard]] bool may_grow() const override {
    return faults_ < max_faults_ && used_ < numbers_.size();
  }
  [[nodiscard]] std::uint64_t identity() const override;

 private:
  std::span<const std::uint32_t> numbers_;
  std::size_t max_faults_;
  std::size_t used_ = 0;
  std::size_t faults_ = 0;
};

}  // namespace crumbproof::run
