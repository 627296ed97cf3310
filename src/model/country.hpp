#pragma once

#include "base/identifiers.hpp"
#include "base/math.hpp"
#include "base/quantity.hpp"
#include "model/state.hpp"
#include "model/theta.hpp"

namespace interregnum {

/// Key of draws that concern the country as a whole.
inline constexpr std::uint64_t country_hash = hash_identifier("country");

/// What the functions of the stepped mechanisms work on: the world and the parameters, read; the state, written. One
/// step ends at `hour` and is `step` hours long.
struct Country {
  const World& world;
  const Theta& theta;
  const Draws& draws;
  State& state;
  double hour = 0.0;
  double step = 0.0;

  double input(InputIndex index) const { return state.inputs[index]; }
  double years() const { return step / hours_per_year; }
  double weeks() const { return step / (7.0 * hours_per_day); }
  double days() const { return step / hours_per_day; }
};

/// Starts every mechanism from the country file; the inputs must have been drawn.
void start_country(Country& country);

/// One step of every mechanism but the attempt itself, in the order of their table (model/mechanisms.hpp). Says how the
/// ruler is removed, if he is.
Removal step_country(Country& country);

/// Notes that something happened; keeps the event itself only where events are wanted.
void tell(Country& country, EventKind kind, std::int32_t actor = none, std::int32_t place = none, double amount = 0.0,
          const Reasons& reasons = {});

/// Rises from 0 with `amount`, reaches a half at `half`, never passes 1.
inline double saturating(double amount, double half) { return amount > 0 ? amount / (amount + half) : 0.0; }

}  // namespace interregnum
