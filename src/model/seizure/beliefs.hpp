#pragma once

#include "model/seizure/state.hpp"

namespace interregnum {

/// The actions of one unit as thresholds of its belief. The utilities are U_join = v + (2 pi - 1), U_resist = -U_join,
/// U_hold = h (1 - |2 pi - 1|), each with its Gumbel shock over lambda, kept through the attempt. Only differences of
/// shocks matter; the best action is monotone in pi, so two thresholds say it all.
struct ActionThresholds {
  double join_above;    ///< logit of pi
  double resist_below;  ///< logit of pi; never above `join_above`
  double resolve;       ///< v + (g_join - g_resist) / (2 lambda): prefers joining to resisting when 2 pi - 1 > -resolve
};

/// The shocks of joining and of resisting, each less that of holding.
struct ShockDifferences {
  double join;
  double resist;
};

/// Differences of three independent Gumbel shocks, by inversion of the bivariate logistic distribution (Gumbel 1961):
/// F(x, y) = 1 / (1 + e^-x + e^-y).
ShockDifferences shock_differences(double u_join, double u_resist);

/// Requires 0 <= hold_value < 1 and precision > 0.
ActionThresholds action_thresholds(double leaning, double hold_value, double precision, ShockDifferences shocks);

/// Draws the private signals and shocks of an actor and sets its thresholds.
void draw_convictions(Seizure& seizure, std::int32_t actor, double leaning);

/// The part of every unit's belief that all share, in logits: docs/model.md, without chain of command and private
/// signal.
double public_index(const Seizure& seizure);
/// The same without impatience with the plot: what the ruler goes by.
double public_index_without_stall(const Seizure& seizure);

/// A unit's belief that the plot will succeed, as 2 pi - 1.
double belief(const Seizure& seizure, std::int32_t actor);
/// Mean of pi over the army outside the plot, weighted by strength.
double mean_belief(const Seizure& seizure);

/// Brings every unit's wish in line with the public index, and starts or stops its clock.
void refresh_wishes(Seizure& seizure);
/// Notes that a unit may wish something else, or may act again, though the index has not moved.
void unsettle(Seizure& seizure, std::int32_t actor);
/// Puts an actor's thresholds on the scale of the public index, given its private signal, its superior and what it has
/// declared itself.
void place_thresholds(Seizure& seizure, std::int32_t actor);
/// Sets the shift that an actor's belief has from its superior, and its thresholds.
void set_chain_shift(Seizure& seizure, std::int32_t actor, double superior_stance);
/// Whether a loyal unit would march on the capital while power is contested.
bool can_contest(const Seizure& seizure, std::int32_t actor);
/// Counts an actor under its stance (`sign` 1) or takes it out of the count (-1).
void count_stance(Seizure& seizure, std::int32_t actor, int sign);

/// Sets what a site tells: 1 held by the plot, -1 held by loyalists and used, 0 nothing.
void set_site_signal(Seizure& seizure, std::int32_t site, double signal);
/// Something that everybody hears of: units reconsider faster for a while.
void announce(Seizure& seizure);
/// The plot has gained something: patience starts anew.
void note_gain(Seizure& seizure);

/// Moves the clocks to `hour`.
void advance_to(Seizure& seizure, double hour);
/// When operational time reaches `operational`, in hours.
double hour_of_operational(const Seizure& seizure, double operational);
/// When impatience alone will next change a unit's wish; `Schedule::never` if it will not.
double next_stall_crossing(const Seizure& seizure);
/// At that moment: carries the index just past the threshold, whatever the rounding.
void cross_stall_threshold(Seizure& seizure);

}  // namespace interregnum
