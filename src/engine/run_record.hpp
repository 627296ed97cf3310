#pragma once

#include <cstdint>
#include <limits>

#include "model/events.hpp"
#include "model/outcome.hpp"

namespace interregnum {

/// What is kept of one replicate. Hours count from the start of the scenario; NaN means that it did not happen.
struct RunRecord {
  std::uint64_t replicate = 0;
  std::uint64_t input_draw = 0;  ///< which draw of the country file's uncertain values it used
  KindsSeen kinds_seen;
  double decided_hour = 0.0;     ///< when the seizure was decided: taken (and held), failed, or lost again
  double taken_hour = std::numeric_limits<double>::quiet_NaN();
  double deaths = 0.0;
  std::uint32_t steps = 0;  ///< steps of the event loop
  Outcome outcome = Outcome::failed;
  std::uint8_t tier = 0;  ///< Rank of the plot's leaders in this replicate
  bool undecided_at_day_seven = false;
};

}  // namespace interregnum
