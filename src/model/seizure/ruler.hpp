#pragma once

#include "model/seizure/state.hpp"

namespace interregnum {

/// The clocks of the ruler: he gets on the air, leaves the capital, resigns, or is found in hiding.
enum class RulerClock : std::size_t { broadcast, flight, resignation, search };
inline constexpr std::size_t ruler_clock_count = 4;

void start_ruler_clocks(Seizure& seizure);
/// Adjusts the rates to the present belief; what is left of each clock runs on at the new rate.
void update_ruler_clocks(Seizure& seizure);
/// Rings the clock that is due first.
void ring_ruler_clock(Seizure& seizure);

/// The site where the ruler is has fallen to the plot: he is caught or slips away.
void ruler_site_falls(Seizure& seizure, std::int32_t site);

/// Whether the ruler no longer holds out in the capital.
bool ruler_is_out(const Seizure& seizure);

}  // namespace interregnum
