#pragma once

#include <crumbproof/faults/fault_kind.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/run/execution.hpp>

#include <string>
#include <vector>

namespace crumbproof::run {

/// Where a delivery stands, for the names of what strikes it.
struct SeamPlace {
  Place place;
  DeliveryNumber delivery;
};

/// Asks the kinds of fault what each could do at a seam, drops what neither the app nor the store
/// could tell from no fault or from a simpler one, lets the choice source take one, and keeps
/// account of it. The first kind in order names what several could do.
class Seams {
 public:
  /// All three must outlive this object.
  Seams(const Plan& plan, ChoiceSource& choices, Executed& account);

  faults::SendEffect at_send(const faults::SendSeam& seam, Place place, DeliveryNumber next);
  faults::DeliverEffect at_deliver(const faults::DeliverSeam& seam, const SeamPlace& at,
                                   std::vector<std::string>& struck);
  /// `in_outage`: no cookie is sent whatever is chosen.
  faults::ReadEffect at_read(const faults::ReadSeam& seam, bool in_outage, const SeamPlace& at,
                             std::vector<std::string>& struck);
  faults::WriteEffect at_write(const faults::WriteSeam& seam, const SeamPlace& at,
                               std::vector<std::string>& struck);

  /// Whether a choice is wanted there; where none is, asking for it does nothing.
  [[nodiscard]] bool asks(Seam seam, const SeamPlace& at) const {
    return choices_.wants_choices({seam, at.place, at.delivery});
  }
  /// Whether every order of triggers and stores is looked at.
  [[nodiscard]] bool looks_finely() const { return choices_.looks_finely(); }
  [[nodiscard]] HandlerOrder handler_order() const { return choices_.handler_order(); }

 private:
  template <class Effect>
  struct Alternative {
    Fault fault;
    Effect effect;
  };

  template <class Effect>
  Effect choose(Seam seam, Place place, Effect none, std::vector<Alternative<Effect>> alternatives,
                std::vector<std::string>* struck);

  const Plan& plan_;
  ChoiceSource& choices_;
  Executed& account_;
};

}  // namespace crumbproof::run
