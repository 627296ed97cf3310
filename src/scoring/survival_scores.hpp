#pragma once

#include <span>
#include <vector>

#include "scoring/success_scores.hpp"

namespace interregnum {

/// A survival curve at one time: what the model expects of the successes on record that were followed so long, and what
/// happened.
struct CurvePoint {
  int days = 0;
  double model = 0.0;
  Probability record;
  std::size_t n = 0;
  bool is_inside() const { return model >= record.low && model <= record.high; }
};

/// Forecasts of how long something lasted against the record.
struct SurvivalScore {
  double concordance = 0.0;       ///< Harrell, Lee & Mark 1996: pairs ranked right, ties half
  double integrated_brier = 0.0;  ///< mean over days 30, 60, … 720 of the Brier score (Graf et al. 1999)
  double integrated_brier_of_curve =
      0.0;  ///< the same of the curve of the other folds' spells; not a number: no others
  std::size_t n = 0;
  std::vector<CurvePoint> curve;  ///< at 30, 90, 180, 365 and 730 days
};

/// When things happened after one success, in days; not a number: not while it was followed.
struct SpellForecast {
  std::vector<double> further;  ///< probability that no further coup has succeeded by 0, 30, … 720, 730 days
  std::vector<double> leader;   ///< that the leader who held office on day 7 still does
};

/// Times at which curves are taken.
std::vector<int> curve_days();

/// Futures of one attempt until enough of them have seized power, or far too many have not.
SpellForecast forecast_spells(const AttemptWorld& attempt, std::span<const Theta> thetas,
                              const ForecastSettings& settings);

struct SurvivalScores {
  SurvivalScore further, leader;
};

/// Scores of the forecasts of the attempts that succeeded and count (those of others are not looked at). `folds` says
/// of each attempt with which others its forecast was left out of the fit.
SurvivalScores score_survival(const Record& record, const std::vector<bool>& counts,
                              const std::vector<std::size_t>& folds, const std::vector<SpellForecast>& forecasts);

}  // namespace interregnum
