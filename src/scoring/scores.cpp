#include "scoring/scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace interregnum {

double brier_score(std::span<const Forecast> forecasts) {
  double sum = 0;
  for (const Forecast& forecast : forecasts) {
    const double error = forecast.probability - (forecast.happened ? 1.0 : 0.0);
    sum += error * error;
  }
  return sum / static_cast<double>(forecasts.size());
}

double log_loss(std::span<const Forecast> forecasts) {
  double sum = 0;
  for (const Forecast& forecast : forecasts) {
    const double probability = std::clamp(forecast.probability, log_loss_cut, 1.0 - log_loss_cut);
    sum -= std::log(forecast.happened ? probability : 1.0 - probability);
  }
  return sum / static_cast<double>(forecasts.size());
}

double roc_area(std::span<const Forecast> forecasts) {
  double wins = 0;
  double pairs = 0;
  const auto is_unknown = [](const Forecast& forecast) { return std::isnan(forecast.probability); };
  if (std::any_of(forecasts.begin(), forecasts.end(), is_unknown)) return std::numeric_limits<double>::quiet_NaN();
  for (const Forecast& yes : forecasts) {
    if (!yes.happened) continue;
    for (const Forecast& no : forecasts) {
      if (no.happened) continue;
      ++pairs;
      wins += yes.probability > no.probability ? 1.0 : (yes.probability == no.probability ? 0.5 : 0.0);
    }
  }
  return pairs > 0 ? wins / pairs : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace interregnum
