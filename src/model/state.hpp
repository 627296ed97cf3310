#pragma once

#include <vector>

#include "base/draws.hpp"
#include "model/blocs.hpp"
#include "model/consolidation.hpp"
#include "model/events.hpp"
#include "model/insurgency.hpp"
#include "model/lessons.hpp"
#include "model/onset.hpp"
#include "model/patrons.hpp"
#include "model/precedence.hpp"
#include "model/public.hpp"
#include "model/rulers.hpp"
#include "model/seizure/state.hpp"
#include "world/world.hpp"

namespace interregnum {

/// Everything that changes in a replicate: allocated once per thread for a world, and reused.
struct State {
  explicit State(const World& world);

  std::vector<double> inputs;  ///< parallel to World::inputs
  std::uint64_t drawn_for_seed =
      0;  ///< which draw of the inputs is held, so that it is made once for the replicates that share it
  std::uint64_t drawn_for_stream = 0;
  std::uint64_t drawn_for_input_draw = ~std::uint64_t{0};

  /// Who has the first turn in a step, drawn once for the whole replicate.
  Precedence places_first, groups_first, patrons_first, blocs_first;

  SeizureState seizure;
  CountryState country;
  Rulers rulers;
  PublicState people;
  BlocsState blocs;
  InsurgencyState war;
  PatronsState patrons;
  OnsetState onset;
  LessonsState lessons;
  EventLog log;
};

/// Draws the uncertain values of the country file for input draw number `input_draw`.
void draw_inputs(const World& world, std::uint64_t seed, std::uint64_t stream, std::uint64_t input_draw, State& state);

}  // namespace interregnum
