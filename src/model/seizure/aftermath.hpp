#pragma once

#include "model/seizure/state.hpp"

namespace interregnum {

/// Rate, an hour, at which the plotters give up for terms: `climb_down_rate` (e^(slope · pressure) - 1)(1 - pi), where
/// pressure is the sum of hostile crowds, the share of strength declared against the plot and what patrons said against
/// it. It is nil without pressure, and for a plot that is sure of success.
double climb_down_rate(const Seizure& seizure);
void plot_climbs_down(Seizure& seizure);

/// Notes, as power is taken, what share of the army would be against the plot if the odds were even.
void note_waverers(Seizure& seizure);
/// Rate, an hour, at which they rise against those who have taken power; once.
double counter_move_rate(const Seizure& seizure);
/// The most determined of them declares against the plot, and the odds are even again for everybody.
void officers_rise(Seizure& seizure);

}  // namespace interregnum
