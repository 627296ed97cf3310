#pragma once

#include <limits>
#include <span>
#include <vector>

#include "fit/onset_likelihood.hpp"
#include "fit/posterior.hpp"
#include "scoring/success_scores.hpp"

namespace interregnum {

/// In logarithms of a month's probability it is kept so far from 0 and 1: chances of a thousandth are usual here.
inline constexpr double onset_log_loss_cut = 1e-9;

struct OnsetScore {
  std::string name;  ///< model, base_rate, time_since, time_since_refitted
  /// ROC area and average precision are not numbers where no month saw an attempt.
  double roc = 0.0, average_precision = 0.0, brier = 0.0, log_loss = 0.0;
  double expected = 0.0;  ///< attempt-months: sum of the chances
  std::size_t n = 0, observed = 0;
};

struct OnsetScores {
  std::vector<OnsetScore> scores;
  ScoreDifference roc_difference;  ///< the model's ROC area less that of the time since the last attempt, by countries
  ScoreDifference roc_difference_refitted;  ///< and less that of the same refitted every year
};

/// Draws of the parameters that the onset is forecast with.
struct OnsetDraws {
  std::size_t most = 0;  ///< of the posterior's
  std::uint64_t seed = 1;
  int threads = 0;
};
/// Years whose months are forecast. Months of earlier years say what a country is like, later ones are passed over.
struct OnsetYears {
  int first = std::numeric_limits<int>::min(), last = std::numeric_limits<int>::max();
};

/// For each draw the chance of an attempt in each month of the years, in the order of the months. `months` must hold
/// each country's months in order.
std::vector<std::vector<double>> onset_chances_by_draw(const std::vector<OnsetMonth>& months,
                                                       const Posterior& posterior, const OnsetDraws& settings,
                                                       OnsetYears years);
std::vector<double> mean_over_draws(const std::vector<std::vector<double>>& by_draw);

/// The chance of an attempt in each month that counts: the mechanism's hazard over draws of the parameters, times what
/// the months before say of the country (the mean of its gamma effect given its attempts so far). `months` must hold
/// each country's months in order.
std::vector<double> forecast_onset(const std::vector<OnsetMonth>& months, const Posterior& posterior,
                                   std::uint64_t seed, int threads);

/// Scores of these forecasts; beside them the share of the months that `train` that saw an attempt, and a logistic
/// regression on the time since the last attempt fitted to the same months, and one fitted anew for every year to all
/// months before it.
OnsetScores score_onset(const std::vector<OnsetMonth>& months, const std::vector<double>& forecasts,
                        const std::vector<bool>& counts, const std::vector<bool>& train, std::uint64_t seed);

}  // namespace interregnum
