#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "model/consolidation.hpp"
#include "model/events.hpp"
#include "model/outcome.hpp"

namespace interregnum {

/// Where the ruler of before is when the first attempt is decided. The model kills no ruler.
enum class RulerFate : std::uint8_t { at_large, resigned, fled, captured };

/// What is kept of one replicate. Hours count from the start of the scenario; NaN means that it did not happen.
struct RunRecord {
  static constexpr double did_not_happen = std::numeric_limits<double>::quiet_NaN();

  std::uint64_t replicate = 0;
  std::uint64_t input_draw = 0;      ///< which draw of the country file's uncertain values it used
  std::uint64_t parameter_draw = 0;  ///< and which draw of the parameters, where an ensemble has several
  KindsSeen kinds_seen;
  double attempt_hour = did_not_happen;  ///< when the first attempt began
  double decided_hour = did_not_happen;  ///< when it was decided: taken (and held), failed, or lost again
  double taken_hour = did_not_happen;
  double ended_hour =
      0.0;  ///< when the outcome fell: failure, loss, removal; the horizon if nothing was left to happen
  double horizon_hour = 0.0;  ///< up to when the replicate was played
  double another_attempt_hour = did_not_happen;
  double another_seizure_hour = did_not_happen;
  double leader_exit_hour = did_not_happen;   ///< of the leader whom the seizure brought to office
  double deaths = 0.0;                        ///< of the first attempt
  double deaths_in_all = 0.0;                 ///< of all attempts, and of crowds fired upon
  double initial_cohesion = did_not_happen;   ///< of the army, as the junta found it
  double peak_lost = 0.0;                     ///< largest share of the people in towns held by armed groups
  double peak_against = 0.0, peak_for = 0.0;  ///< largest share of the capital's people out, against and for the junta
  std::uint32_t towns_lost = 0;
  std::uint32_t steps = 0;  ///< of the attempts' event loops and of the clock
  Reasons reasons;          ///< what pushed most toward the removal or handover
  Outcome outcome = Outcome::no_attempt;
  HandoverKind handover = HandoverKind::no_handover;
  LeaderExit leader_exit = LeaderExit::in_office;
  RulerFate ruler_fate = RulerFate::at_large;  ///< of the ruler whom the first attempt was against
  /// Rank of the first plot's leaders; nothing if nobody moved.
  std::optional<Rank> tier;
  bool undecided_at_day_seven = false;
};

}  // namespace interregnum
