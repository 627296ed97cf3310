#pragma once

#include "model/seizure/state.hpp"

namespace interregnum {

/// Chance that an attack by strength `attack` beats `defence`: A^m / (A^m + (k D)^m) (Hirshleifer 1989, Tullock 1980).
/// 1 if there is no defence.
double contest_probability(double attack, double defence, double decisiveness, double defender_advantage);
/// The same in two halves, for sides that meet many others: weights of both sides (of the defence, with its advantage),
/// and the attack's chance by them.
double contest_weight(double force, double decisiveness);
double chance_of(double attack_weight, double defence_weight);

/// Deaths in a fight, by inversion: lognormal around `deaths_median` at 100 against 100, less than one is none.
double draw_deaths(const SeizureTheta& theta, double smaller_side, double uniform);

/// Whether units that could fight each other stand at the site.
bool is_under_attack(const Seizure& seizure, std::int32_t site);

enum class Confrontation { over, standoff, fight };

/// Units of both sides may be at the site: guards submit or mean to fight, attackers fire or wait, or the site changes
/// hands. Says what is on there afterwards.
Confrontation confront(Seizure& seizure, std::int32_t site);

/// The timer of a site has rung: a fight is over, or a stand-off may turn.
void ring_site(Seizure& seizure, std::int32_t site);

}  // namespace interregnum
