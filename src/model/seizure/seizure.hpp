#pragma once

#include <limits>

#include "model/outcome.hpp"
#include "model/seizure/state.hpp"

namespace interregnum {

inline constexpr double hours_to_hold = 7 * 24.0;  ///< Powell & Thyne 2011: success is power held for seven days

/// How one attempt went.
struct SeizureResult {
  bool taken = false;  ///< power was taken
  bool held = false;   ///< and held for seven days
  bool undecided_at_day_seven = false;
  double taken_hour = std::numeric_limits<double>::quiet_NaN();
  double decided_hour = 0.0;  ///< taken (if held), failed, or lost again
  double deaths = 0.0;
  std::uint64_t events = 0;  ///< steps of the event loop
};

/// Plays one attempt to its end: power held for seven days, lost again, or never taken.
SeizureResult play_seizure(const World& world, const SeizureTheta& theta, const Draws& draws,
                           const std::vector<double>& inputs, SeizureState& state, EventLog& log);

}  // namespace interregnum
