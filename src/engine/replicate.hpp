#pragma once

#include "engine/run_record.hpp"
#include "model/state.hpp"
#include "model/theta.hpp"

namespace interregnum {

/// Which replicate, and of what. The inputs of the scenario are drawn once for every `replicates_per_input_draw`
/// replicates, so that the spread between draws of the inputs can be told from the spread within them
/// (docs/decisions/0003-two-kinds-of-uncertainty.md).
struct ReplicateId {
  std::uint64_t seed = 1;
  std::uint64_t stream = 0;
  std::uint64_t replicate = 0;

  std::uint64_t input_draw() const { return replicate / replicates_per_input_draw; }
  static constexpr std::uint64_t replicates_per_input_draw = 4;
};

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
