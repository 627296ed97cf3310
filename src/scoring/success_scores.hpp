#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/intervals.hpp"
#include "fit/bank.hpp"
#include "scoring/by_country.hpp"
#include "scoring/scores.hpp"
#include "scoring/simple_forecasts.hpp"

namespace interregnum {

struct ForecastSettings {
  std::uint64_t seed = 1;
  std::uint64_t replicates = 2048;  ///< futures of each attempt
  int threads = 0;
};

/// Futures that share a draw of the parameters; their spread tells how far the parameters leave a chance open.
inline constexpr std::uint64_t futures_per_draw = 4;

/// The chance that an attempt succeeds: over futures, each with inputs of its own, and draws of the parameters. `low`
/// and `high` are where it lies for 95 % of the parameters' draws.
Probability forecast_success(const AttemptWorld& attempt, std::span<const Theta> thetas,
                             const ForecastSettings& settings);

/// One attempt's forecast, and what came of it.
struct AttemptForecastOf {
  std::string attempt;
  Probability p;
  bool succeeded = false;
  std::vector<std::pair<std::string, double>> beside;  ///< what simple ways say, by their names
};

struct ScoreOf {
  std::string name;
  double brier = 0.0, log_loss = 0.0, roc = 0.0;
  std::size_t n = 0;
  std::optional<ScoreDifference> brier_difference, log_loss_difference;  ///< of all but the model itself
};

struct CalibrationBin {
  double forecast = 0.0;  ///< mean
  Probability happened;
  std::size_t n = 0;
};

struct SuccessScores {
  std::vector<ScoreOf> scores;              ///< the model first
  std::vector<CalibrationBin> calibration;  ///< of the model, in bins of a fifth
};

/// Forecasts in bins of a fifth, without the empty ones.
std::vector<CalibrationBin> calibration_by_fifths(const std::vector<Forecast>& forecasts);

/// Scores of forecasts (the first are the model's) of the attempts that count.
SuccessScores score_success(const std::vector<Attempt>& attempts, const std::vector<bool>& counts,
                            const std::vector<Forecasts>& forecasts, std::uint64_t seed);

}  // namespace interregnum
