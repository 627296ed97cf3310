#pragma once

#include <optional>
#include <vector>

#include "analysis/estimate.hpp"

namespace interregnum {

/// An effect with one draw of the parameters, from futures of its own.
struct EffectOfDraw {
  double effect = 0.0;
  double variance = 0.0;  ///< of `effect`, by the chance of finitely many futures; 0 where nothing varied
  double futures = 0.0;   ///< in which the question arises
};

/// What becomes of an effect over draws of the parameters: from their priors, or given the record.
struct EffectOverDraws {
  double mean = 0.0;
  double mean_low = 0.0, mean_high = 0.0;  ///< its 95 % interval
  double low = 0.0, high = 0.0;            ///< where the effect of one more draw lies with a probability of 95 %
  Probability positive;                    ///< share of draws with an effect above zero
  Probability within_margin;               ///< share of draws with an effect smaller than the claim's margin
  std::size_t draws = 0;
};

/// Effects differ between draws, normally with an unknown mean and variance τ², and chance within a draw adds a
/// variance v, estimated from all futures of all draws. The posterior of the mean and of T = τ² + v is that of the
/// one-way random-effects model with the usual prior 1/T where T ≥ v (Hill 1965; Box & Tiao 1973, chapter 5): a
/// variance between draws that is estimated as zero or less still has an upper bound, and the error of the mean goes
/// into everything. `low` and `high` are the predictive interval of one more draw; the intervals of the shares are
/// posterior quantiles, and never narrower than what a number of draws that all agree leaves room for (Clopper &
/// Pearson). Where no future of any draw differs, the rule of three bounds what they leave room for. Effects lie within
/// `bounds`. Nothing of fewer than two draws. Draws must be independent of each other, and so must their futures.
std::optional<EffectOverDraws> effect_over_draws(const std::vector<EffectOfDraw>& draws, double margin, Bounds bounds);

}  // namespace interregnum
