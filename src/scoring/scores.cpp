#include "scoring/scores.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
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

double log_loss_of(const Forecast& forecast, double cut) {
  const double probability = std::clamp(forecast.probability, cut, 1.0 - cut);
  return -std::log(forecast.happened ? probability : 1.0 - probability);
}

double log_loss(std::span<const Forecast> forecasts) {
  double sum = 0;
  for (const Forecast& forecast : forecasts) sum += log_loss_of(forecast, log_loss_cut);
  return sum / static_cast<double>(forecasts.size());
}

namespace {

/// Whether a forecast is not a number, so that forecasts have no order.
bool has_unknown(std::span<const Forecast> forecasts) {
  return std::any_of(forecasts.begin(), forecasts.end(),
                     [](const Forecast& forecast) { return std::isnan(forecast.probability); });
}

/// Forecasts of one probability, among forecasts in their order.
struct Tie {
  std::size_t begin = 0, end = 0;
  double happened = 0.0;  ///< how many of them
};

/// Sorts forecasts, and visits those that are equal together.
template <class Order, class Visit>
void for_each_tie(std::span<const Forecast> forecasts, Order order, Visit visit) {
  std::vector<Forecast> ranked(forecasts.begin(), forecasts.end());
  std::sort(ranked.begin(), ranked.end(),
            [&](const Forecast& left, const Forecast& right) { return order(left.probability, right.probability); });
  for (Tie tie; tie.begin < ranked.size(); tie = {tie.end, tie.end}) {
    while (tie.end < ranked.size() && ranked[tie.end].probability == ranked[tie.begin].probability)
      tie.happened += ranked[tie.end++].happened ? 1.0 : 0.0;
    visit(tie);
  }
}

}  // namespace

double roc_area(std::span<const Forecast> forecasts) {
  if (has_unknown(forecasts)) return no_number;
  double yes = 0.0;
  double ranks = 0.0;  // sum of those of what happened; equal forecasts share the mean of their ranks
  for_each_tie(forecasts, std::less<>(), [&](const Tie& tie) {
    ranks += tie.happened * 0.5 * static_cast<double>(tie.begin + 1 + tie.end);
    yes += tie.happened;
  });
  const double no = static_cast<double>(forecasts.size()) - yes;
  return yes > 0 && no > 0 ? (ranks - 0.5 * yes * (yes + 1.0)) / (yes * no) : no_number;
}

double average_precision(std::span<const Forecast> forecasts) {
  if (has_unknown(forecasts)) return no_number;
  double hits = 0.0;
  double sum = 0.0;
  for_each_tie(forecasts, std::greater<>(), [&](const Tie& tie) {
    hits += tie.happened;
    sum += tie.happened * hits / static_cast<double>(tie.end);
  });
  return hits > 0 ? sum / hits : no_number;
}

}  // namespace interregnum
