#pragma once

#include <limits>
#include <span>
#include <vector>

namespace interregnum {

/// A forecast that was not made, or a score that is not defined.
inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// A probability that was forecast, and what happened.
struct Forecast {
  double probability = 0;
  bool happened = false;
};

/// Mean squared error (Brier 1950).
double brier_score(std::span<const Forecast> forecasts);
/// In logarithms of a forecast's probability it is kept so far from 0 and 1, which no forecast from some hundred
/// replicates can claim to be nearer to.
inline constexpr double log_loss_cut = 0.001;
/// -log of the probability of what happened, kept `cut` from 0 and 1.
double log_loss_of(const Forecast& forecast, double cut);
/// Mean of it, cut at `log_loss_cut`.
double log_loss(std::span<const Forecast> forecasts);
/// Chance that a forecast of what happened was higher than one of what did not, ties counting half (area under the ROC
/// curve, by ranks; Mann & Whitney 1947). Not a number unless there are both, and every probability is one.
double roc_area(std::span<const Forecast> forecasts);
/// Mean over what happened of the share of all forecasts as high or higher that happened (area under the curve of
/// precision over recall). Not a number if nothing happened, or if a probability is none.
double average_precision(std::span<const Forecast> forecasts);

}  // namespace interregnum
