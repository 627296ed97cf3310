#pragma once

#include "scenario/scenario.hpp"

namespace interregnum {

/// Puts all that has no order of its own into one: tables by id, lists of sites, places and the like by their words,
/// roads by their ends, earlier attempts and elections by their dates. Two files that differ only in the order of such
/// entries are then the same country. `plot.units` and `plot.objectives` keep their order, which the format gives a
/// meaning.
void sort_tables(Scenario& scenario);

}  // namespace interregnum
