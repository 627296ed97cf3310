#pragma once

#include "model/seizure/state.hpp"

namespace interregnum {

/// What runs at a rate that the state of the contest sets. The ruler gets on the air, leaves the capital, resigns, or
/// is found in hiding; the plotters give up for terms; officers who only went along rise against them.
enum class RateClock : std::size_t { broadcast, flight, resignation, search, climb_down, counter_move };

void start_clocks(Seizure& seizure);
/// Adjusts the rates to the present state; what is left of each clock runs on at the new rate.
void update_clocks(Seizure& seizure);
/// Rings the clock that is due first.
void ring_clock(Seizure& seizure);

}  // namespace interregnum
