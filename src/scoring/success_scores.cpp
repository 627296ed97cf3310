#include "scoring/success_scores.hpp"

#include <algorithm>

#include "engine/paired.hpp"
#include "model/theta_draws.hpp"
#include "scoring/by_country.hpp"
#include "scoring/scores.hpp"

namespace interregnum {

namespace {

double loss_of(double p, bool happened, bool squared) {
  if (squared) return (p - (happened ? 1.0 : 0.0)) * (p - (happened ? 1.0 : 0.0));
  return log_loss_of({p, happened}, log_loss_cut);
}

}  // namespace

Probability forecast_success(const AttemptWorld& attempt, std::span<const Theta> thetas,
                             const ForecastSettings& settings) {
  const std::uint64_t groups = std::max<std::uint64_t>(1, settings.replicates / futures_per_draw);
  const std::uint64_t first = first_turn(settings.seed, thetas.size());
  GroupedCount seized;
  State state(attempt.world);
  for (std::uint64_t replicate = 0; replicate < groups * futures_per_draw; ++replicate) {
    const std::uint64_t group = replicate / futures_per_draw;
    const Theta& theta = thetas[scattered(first + group, thetas.size())];
    const ReplicateId id{settings.seed, attempt.stream, replicate_of_future(replicate)};
    seized.add(group, is_seized(run(attempt.world, theta, id, state, Until::seizure).outcome));
  }
  Probability forecast = seized.spread_over_inputs().value_or(seized.estimate());
  forecast.p = seized.estimate().p;
  return forecast;
}

std::vector<CalibrationBin> calibration_by_fifths(const std::vector<Forecast>& forecasts) {
  std::vector<CalibrationBin> bins;
  for (int bin = 0; bin < 5; ++bin) {
    CalibrationBin entry;
    double happened = 0.0;
    for (const Forecast& forecast : forecasts) {
      if (std::min(4, static_cast<int>(5.0 * forecast.probability)) != bin) continue;
      entry.forecast += forecast.probability;
      happened += forecast.happened ? 1.0 : 0.0;
      ++entry.n;
    }
    if (entry.n == 0) continue;
    entry.forecast /= static_cast<double>(entry.n);
    entry.happened = exact_interval(happened, static_cast<double>(entry.n));
    bins.push_back(entry);
  }
  return bins;
}

SuccessScores score_success(const std::vector<Attempt>& attempts, const std::vector<bool>& counts,
                            const std::vector<Forecasts>& forecasts, std::uint64_t seed) {
  SuccessScores result;
  for (const Forecasts& of : forecasts) {
    std::vector<Forecast> scored;
    ByCountry brier, logarithmic;
    for (std::size_t index = 0; index < attempts.size(); ++index) {
      if (!counts[index]) continue;
      const bool happened = attempts[index].succeeded;
      scored.push_back({of.p[index], happened});
      for (const bool squared : {true, false}) {
        const double difference =
            loss_of(forecasts.front().p[index], happened, squared) - loss_of(of.p[index], happened, squared);
        (squared ? brier : logarithmic).add(attempts[index].country_code, difference);
      }
    }
    if (scored.empty()) continue;
    ScoreOf score{of.name, brier_score(scored), log_loss(scored), roc_area(scored), scored.size(), {}, {}};
    if (&of != &forecasts.front()) {
      score.brier_difference = brier.mean(seed);
      score.log_loss_difference = logarithmic.mean(seed);
    } else {
      result.calibration = calibration_by_fifths(scored);
    }
    result.scores.push_back(score);
  }
  return result;
}

}  // namespace interregnum
