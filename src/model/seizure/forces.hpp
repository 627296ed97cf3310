#pragma once

#include "model/seizure/state.hpp"

namespace interregnum {

/// Why a unit changes its stance, for the telling.
enum class Turn { own_decision, at_gunpoint };

/// Declares a stance: counts it, lets subordinates know, and (for a unit) acts on it.
void take_stance(Seizure& seizure, std::int32_t actor, Stance stance, Turn turn = Turn::own_decision);

/// Beaten, disarmed or arrested: takes no further part.
void take_out(Seizure& seizure, std::int32_t actor);

/// Sends a unit where its side needs it, if anywhere. `ready`: it sets out without preparation.
void dispatch(Seizure& seizure, std::int32_t actor, bool ready);
/// Sends every unit that has taken a side and has nothing to do.
void dispatch_idle(Seizure& seizure);

/// Those whom a unit had left at the site are taken or scattered.
void lose_detachment(Seizure& seizure, std::int32_t site);
/// A beaten unit that withdrew is of no use for a while: between half and one and a half times `regroup_hours`.
void regroup(Seizure& seizure, std::int32_t actor, double uniform);

/// A column has come to the site that it was headed for.
void arrive(Seizure& seizure, std::int32_t actor);

/// Whether the plot holds everything that it set out to take.
bool holds_all_objectives(const Seizure& seizure);

}  // namespace interregnum
