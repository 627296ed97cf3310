#pragma once

#include <limits>

#include "model/outcome.hpp"
#include "model/seizure/state.hpp"

namespace interregnum {

inline constexpr double hours_to_hold = 7 * 24.0;  ///< Powell & Thyne 2011: success is power held for seven days

enum class Verdict { open, held, failed, lost_again };

/// How one attempt goes. Hours count from the start of the scenario.
struct SeizureResult {
  Verdict verdict = Verdict::open;
  bool taken = false;  ///< power was taken
  bool undecided_at_day_seven = false;
  double taken_hour = std::numeric_limits<double>::quiet_NaN();
  double decided_hour = 0.0;  ///< taken (if held), failed, or lost again
  double deaths = 0.0;
  std::uint64_t events = 0;  ///< steps of the event loop
};

/// The plot that the country file names.
void plan_from_file(const World& world, const std::vector<double>& inputs, AttemptPlan& plan);

/// Starts the attempt of `SeizureState::plan` at `hour`.
void begin_seizure(Seizure& seizure, double hour, SeizureResult& result);

/// Plays on until the attempt is decided, but no further than `until`: power held for seven days, lost again, or never
/// taken.
void advance_seizure(Seizure& seizure, double until, SeizureResult& result);

/// What the streets of the capital show from `hour` on: crowds for the plot less those against it, -1 to 1. The attempt
/// must have been played up to `hour`.
void set_street(Seizure& seizure, double hour, double signal);

}  // namespace interregnum
