#include "scoring/success_scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "analysis/estimate.hpp"
#include "base/draws.hpp"
#include "engine/paired.hpp"
#include "fit/logistic.hpp"
#include "model/theta_draws.hpp"
#include "record/success_shares.hpp"
#include "scoring/scores.hpp"

namespace interregnum {

namespace {

double is(const Known& flag) { return flag && *flag > 0 ? 1.0 : 0.0; }

/// Rank, wealth, attempts in the five years before, civil war, the years since 1990; and who began it. Blanks of the
/// Cline project count as no, as in the published figures: that an attempt has no entry there says that it failed.
Eigen::VectorXd covariates(const Attempt& attempt, bool elite, bool initiators) {
  Eigen::VectorXd row = Eigen::VectorXd::Zero(initiators ? 11 : 6);
  row.head(6) << 1.0, elite ? 1.0 : 0.0, attempt.log_gdp_per_head.value_or(1.0),
      attempt.attempts_last_5_years.value_or(0.0), is(attempt.civil_war), year_of(attempt.date) >= 1990 ? 1.0 : 0.0;
  if (initiators)
    row.tail(5) << is(attempt.cdp_military), is(attempt.cdp_palace), is(attempt.cdp_dissident), is(attempt.cdp_rebel),
        is(attempt.cdp_foreign);
  return row;
}

/// Logistic regression in which an unknown rank counts as either, each with its chance given the outcome (EM; Dempster,
/// Laird & Rubin 1977). A forecast is the mean over ranks.
Forecasts logistic(const std::vector<Attempt>& attempts, const std::vector<bool>& train, const SuccessShares& shares,
                   bool initiators) {
  Forecasts forecasts{initiators ? "logistic_initiators" : "logistic", std::vector<double>(attempts.size(), no_number)};
  if (!shares.is_known()) return forecasts;
  const auto count = static_cast<Eigen::Index>(attempts.size());
  Eigen::MatrixXd design(2 * count, covariates(attempts.front(), false, initiators).size());
  Eigen::ArrayXd prior(2 * count), happened = Eigen::ArrayXd::Zero(2 * count), used = Eigen::ArrayXd::Zero(2 * count);
  for (Eigen::Index row = 0; row < 2 * count; ++row) {
    const auto index = static_cast<std::size_t>(row / 2);
    const bool elite = row % 2 == 1;
    design.row(row) = covariates(attempts[index], elite, initiators).transpose();
    const double chance = shares.chance_of_elite(attempts[index]);
    prior(row) = elite ? chance : 1.0 - chance;
    if (!train[index]) continue;
    used(row) = 1.0;
    happened(row) = attempts[index].succeeded ? 1.0 : 0.0;
  }
  const Eigen::VectorXd nothing = Eigen::VectorXd::Zero(design.cols());
  // Hardly a penalty: only so that a column that is empty in training has a coefficient.
  const Eigen::VectorXd penalty = Eigen::VectorXd::Constant(design.cols(), 0.01);
  Eigen::ArrayXd weight = prior;
  Eigen::ArrayXd chances;
  constexpr int most_rounds = 200;
  for (int round = 0; round < most_rounds; ++round) {
    const Eigen::VectorXd trials = (used * weight).matrix(), yes = (trials.array() * happened).matrix();
    const Eigen::VectorXd odds = design * fit_logistic({design, yes, trials}, nothing, penalty).coefficients;
    chances = 1.0 / (1.0 + (-odds.array()).exp());
    const Eigen::ArrayXd before = weight;
    for (Eigen::Index row = 0; row < 2 * count; row += 2) {
      if (!(used(row) > 0)) continue;
      const auto likelihood = [&](Eigen::Index of) {
        return prior(of) * (happened(of) > 0 ? chances(of) : 1.0 - chances(of));
      };
      const double either = likelihood(row) + likelihood(row + 1);
      if (!(either > 0)) continue;
      weight(row) = likelihood(row) / either;
      weight(row + 1) = 1.0 - weight(row);
    }
    if ((weight - before).abs().maxCoeff() < 1e-7) break;
  }
  for (Eigen::Index row = 0; row < 2 * count; row += 2)
    forecasts.p[static_cast<std::size_t>(row / 2)] = prior(row) * chances(row) + prior(row + 1) * chances(row + 1);
  return forecasts;
}

double loss_of(double p, bool happened, bool squared) {
  if (squared) return (p - (happened ? 1.0 : 0.0)) * (p - (happened ? 1.0 : 0.0));
  const std::array<Forecast, 1> one{{{p, happened}}};
  return log_loss(one);
}

/// Mean of numbers over attempts, with the interval of drawing whole countries anew; unknown if one of them is.
ScoreDifference bootstrapped(const std::map<int, std::vector<double>>& by_country, std::uint64_t seed) {
  constexpr std::uint64_t resamples = 2000;
  std::vector<std::pair<double, double>> countries;  // sum and number
  double sum = 0.0;
  double number = 0.0;
  for (const auto& [code, values] : by_country) {
    double own = 0.0;
    for (const double value : values) own += value;
    if (std::isnan(own)) return {no_number, no_number, no_number};
    countries.emplace_back(own, static_cast<double>(values.size()));
    sum += own;
    number += static_cast<double>(values.size());
  }
  std::vector<double> means;
  for (std::uint64_t resample = 0; resample < resamples; ++resample) {
    const Draws draws(seed, 0, resample);
    double drawn_sum = 0.0;
    double drawn_number = 0.0;
    for (std::size_t drawn = 0; drawn < countries.size(); ++drawn) {
      const double u = draws.uniform(DrawPurpose::resample, drawn);
      const auto& [own, size] = countries[static_cast<std::size_t>(u * static_cast<double>(countries.size()))];
      drawn_sum += own;
      drawn_number += size;
    }
    means.push_back(drawn_sum / drawn_number);
  }
  const Estimate mean = bootstrap_interval(sum / number, std::move(means), countries.size());
  return {mean.value, mean.low, mean.high};
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

std::vector<Forecasts> simple_forecasts(const std::vector<Attempt>& attempts, const std::vector<bool>& train) {
  const SuccessShares shares(attempts, train);
  std::vector<Forecasts> list{{"base_rate", std::vector<double>(attempts.size(), shares.base_rate())}, {"rank", {}}};
  for (const Attempt& attempt : attempts) list[1].p.push_back(shares.by_rank(attempt));
  for (const bool initiators : {false, true}) list.push_back(logistic(attempts, train, shares, initiators));
  return list;
}

SuccessScores score_success(const std::vector<Attempt>& attempts, const std::vector<bool>& counts,
                            const std::vector<Forecasts>& forecasts, std::uint64_t seed) {
  SuccessScores result;
  for (const Forecasts& of : forecasts) {
    std::vector<Forecast> scored;
    std::map<int, std::vector<double>> brier, logarithmic;
    for (std::size_t index = 0; index < attempts.size(); ++index) {
      if (!counts[index]) continue;
      const bool happened = attempts[index].succeeded;
      scored.push_back({of.p[index], happened});
      for (const bool squared : {true, false}) {
        const double difference =
            loss_of(forecasts.front().p[index], happened, squared) - loss_of(of.p[index], happened, squared);
        (squared ? brier : logarithmic)[attempts[index].country_code].push_back(difference);
      }
    }
    if (scored.empty()) continue;
    ScoreOf score{of.name, brier_score(scored), log_loss(scored), roc_area(scored), scored.size(), {}, {}};
    if (&of != &forecasts.front()) {
      score.brier_difference = bootstrapped(brier, seed);
      score.log_loss_difference = bootstrapped(logarithmic, seed);
    } else {
      for (int bin = 0; bin < 5; ++bin) {
        CalibrationBin entry;
        double happened = 0.0;
        for (const Forecast& forecast : scored) {
          if (std::min(4, static_cast<int>(5.0 * forecast.probability)) != bin) continue;
          entry.forecast += forecast.probability;
          happened += forecast.happened ? 1.0 : 0.0;
          ++entry.n;
        }
        if (entry.n == 0) continue;
        entry.forecast /= static_cast<double>(entry.n);
        entry.happened = exact_interval(happened, static_cast<double>(entry.n));
        result.calibration.push_back(entry);
      }
    }
    result.scores.push_back(score);
  }
  return result;
}

}  // namespace interregnum
