#pragma once

#include "base/identifiers.hpp"
#include "model/seizure/state.hpp"

namespace interregnum {

inline constexpr std::uint64_t ruler_hash = hash_identifier("ruler");  ///< key of the draws of the rate clocks

// Rates of what the ruler does and suffers, an hour, in the present state.
double broadcast_rate(const Seizure& seizure);
double flight_rate(const Seizure& seizure);
/// A free ruler does not resign while officers believe the plot to fail; a captive may, the less likely the more so.
double resignation_rate(const Seizure& seizure);
double search_rate(const Seizure& seizure);

void ruler_speaks(Seizure& seizure);
void ruler_flees(Seizure& seizure);
void ruler_resigns(Seizure& seizure);
void ruler_is_found(Seizure& seizure);

/// A site has fallen to the plot: a ruler who is there is caught or slips away, for good.
void ruler_site_falls(Seizure& seizure, std::int32_t site);
/// Loyal troops have taken a site back: a ruler who is held there, and has not resigned, is free.
void ruler_site_retaken(Seizure& seizure, std::int32_t site);

/// Whether the ruler no longer holds out in the capital.
bool ruler_is_out(const Seizure& seizure);

}  // namespace interregnum
