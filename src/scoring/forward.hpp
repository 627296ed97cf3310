#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fit/settings.hpp"
#include "scoring/by_country.hpp"
#include "scoring/success_scores.hpp"

namespace interregnum {

/// Forecasts of each year by what was known at the end of the year before: the only ones on this record that are made
/// as a forecaster would have made them.
struct ForwardSettings {
  FitSettings fit;  ///< of the bank; `kept` draws of each chain are forecast with
  ForecastSettings forecasts;
  int first_year = 1970;
  std::vector<int> cold_years{1979, 1990, 2003};  ///< in which chains from the prior check the short ones
};

struct ForwardCallbacks {
  FitCallbacks fit;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< years
};

/// Scores of one way of forecasting over a period.
struct ForwardScore {
  std::string model;
  double brier = 0.0, log_loss = 0.0;
  double roc = 0.0, average_precision = 0.0;  ///< not numbers where nothing happened
  std::size_t n = 0;
  double expected = 0.0;  ///< sum of the chances
  std::size_t seen = 0;
  /// The mechanism's less this one's (negative: the mechanism is better), with the interval of drawing countries anew.
  ScoreDifference brier_difference, log_loss_difference;
};

struct ForwardPeriod {
  int first = 0, last = 0;  ///< years
  std::vector<ForwardScore> success, onset;
  std::vector<CalibrationBin> calibration;  ///< of the mechanism's chances of success
};

/// How often something was expected by the mechanism in a year, with the interval in which 95 % of its futures lie, and
/// how often it was seen.
struct ForwardYear {
  int year = 0;
  std::size_t attempts = 0, successes = 0;
  Probability expected_successes;  ///< numbers, not shares
  std::size_t attempt_months = 0;
  Probability expected_attempt_months;
  double weight_success = 0.5, weight_onset = 0.5;  ///< of the mechanism in the stacked forecasts
};

/// One attempt's forecasts, in the order of `success_models`.
struct ForwardForecast {
  std::string attempt;
  int country_code = 0, year = 0;
  bool succeeded = false;
  std::vector<double> p;
};

/// Chains of a year that began from another year's, against chains from the prior.
struct ColdCheck {
  int year = 0;
  double largest_difference = 0.0;  ///< between their chances of an attempt of the year after
  double mean_difference = 0.0;     ///< of the signed differences
  double expected_months = 0.0, expected_months_cold = 0.0;
};

struct ForwardScores {
  std::vector<std::string> success_models, onset_models;
  std::vector<ForwardPeriod> periods;
  std::vector<ForwardYear> years;
  std::vector<ForwardForecast> each;
  std::vector<ColdCheck> checks;
  std::vector<ChainsSummary> chains;
  double weight_success = 0.5, weight_onset = 0.5;  ///< after the last year: what forecasts to come are stacked with
  bool complete = true;
};

/// Not complete, and without scores, if it was interrupted; the store then holds the finished pieces.
ForwardScores score_forward(const Record& record, const ForwardSettings& settings, const FitStore& store,
                            const ForwardCallbacks& callbacks);

}  // namespace interregnum
