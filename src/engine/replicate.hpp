#pragma once

#include "engine/run_record.hpp"
#include "model/replicate_id.hpp"
#include "model/state.hpp"
#include "model/theta.hpp"

namespace interregnum {

/// How far a replicate is played: to the scenario's horizon; until its outcome is known (what comes after a failure or
/// a junta's end is left out); or until the first attempt is decided, where a seizure counts as `in_power`.
enum class Until { horizon, outcome, seizure };

/// Plays one replicate. `scratch` must have been made for this world; its log holds the events afterwards if
/// `scratch.log.keep_events` is set. Allocates nothing otherwise.
RunRecord run(const World& world, const Theta& theta, const ReplicateId& id, State& scratch,
              Until until = Until::horizon);

/// The same with inputs that the caller has put into `scratch.inputs` (parallel to World::inputs).
RunRecord run_with_inputs(const World& world, const Theta& theta, const ReplicateId& id, State& scratch, Until until);

}  // namespace interregnum
