#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/paired_runs.hpp"
#include "model/theta_draws.hpp"
#include "scenario/mixing.hpp"

namespace interregnum {

/// What one group of uncertain values (or chance, or the parameters) does to an outcome, as shares of the outcome's
/// variance.
struct SobolIndex {
  std::string name, label;
  std::size_t inputs = 0;  ///< how many uncertain values of the country file; 0 for chance and the parameters
  Estimate first;          ///< variance that goes away, on average, if these alone become known
  Estimate total;        ///< variance that goes away, on average, if these become known last, after all else but chance
  Estimate with_chance;  ///< variance that stays if everything else becomes known, chance included
};

struct Sensitivity {
  Probability share;  ///< of the outcome
  SobolIndex chance;
  std::optional<SobolIndex> parameters;  ///< nothing: they were taken for known
  Estimate all_inputs;                   ///< variance that goes away if every value of the country file becomes known
  std::vector<SobolIndex> groups;
  std::uint64_t points = 0;
  std::uint64_t runs = 0;
  bool complete = true;
  bool can_be_told = false;  ///< whether enough was played before it was interrupted
};

/// The points are split into that many independently shifted sets, from whose spread the standard errors come.
inline constexpr std::uint64_t sensitivity_sets = 16;

/// First-order and total Sobol indices of an outcome with respect to the uncertain values of a country file, by
/// sections or one by one, with chance (all draws of the replicate) as one more variable and the parameters, if there
/// are many draws of them, as another, on digitally shifted Sobol points. Estimators: Saltelli et al. 2010 (first
/// order) and Jansen 1999 (with chance); the total index among the inputs alone comes from futures whose chance is
/// drawn anew, so that it averages out. `settings.futures`: number of points. Throws InputError for a conditional
/// outcome. Of a file in which nothing is uncertain there are no groups; of an outcome that always or never happens no
/// index can be told (not a number).
Sensitivity analyse_sensitivity(const World& world, const ThetaDraws& thetas, const Measure& measure, FactorKind kind,
                                const PairedRunSettings& settings);

}  // namespace interregnum
