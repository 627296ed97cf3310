#include "analysis/fit/onset_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "analysis/estimate.hpp"
#include "analysis/fit/likelihoods.hpp"
#include "analysis/fit/logistic.hpp"
#include "base/diagnostics.hpp"
#include "base/draws.hpp"
#include "engine/paired.hpp"
#include "model/theta_draws.hpp"

namespace interregnum {

namespace {

constexpr std::size_t draws_used = 100;  // of the posterior's

double average_precision(std::vector<std::pair<double, bool>> ranked) {
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& left, const auto& right) { return left.first > right.first; });
  double hits = 0.0;
  double sum = 0.0;
  for (std::size_t position = 0; position < ranked.size();) {
    std::size_t end = position;
    double own = 0.0;
    while (end < ranked.size() && ranked[end].first == ranked[position].first) own += ranked[end++].second ? 1.0 : 0.0;
    hits += own;
    sum += own * hits / static_cast<double>(end);
    position = end;
  }
  return hits > 0 ? sum / hits : std::numeric_limits<double>::quiet_NaN();
}

/// ROC area by ranks (Mann & Whitney 1947): there are a hundred thousand months.
double roc_by_ranks(std::vector<std::pair<double, bool>> forecasts) {
  std::sort(forecasts.begin(), forecasts.end());
  double yes = 0.0;
  double ranks = 0.0;
  for (std::size_t position = 0; position < forecasts.size();) {
    std::size_t end = position;
    double own = 0.0;
    while (end < forecasts.size() && forecasts[end].first == forecasts[position].first)
      own += forecasts[end++].second ? 1.0 : 0.0;
    ranks += own * 0.5 * static_cast<double>(position + 1 + end);
    yes += own;
    position = end;
  }
  const double no = static_cast<double>(forecasts.size()) - yes;
  return (ranks - 0.5 * yes * (yes + 1.0)) / (yes * no);
}

OnsetScore score(const std::string& name, const std::vector<OnsetMonth>& months, const std::vector<double>& chances,
                 const std::vector<bool>& counts) {
  OnsetScore result;
  result.name = name;
  std::vector<std::pair<double, bool>> forecasts;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (!counts[index]) continue;
    const double p = std::clamp(chances[index], 1e-9, 1.0 - 1e-9);
    const bool happened = months[index].attempted > 0;
    forecasts.emplace_back(p, happened);
    result.brier += (p - (happened ? 1.0 : 0.0)) * (p - (happened ? 1.0 : 0.0));
    result.log_loss -= std::log(happened ? p : 1.0 - p);
    result.expected += p;
    result.observed += happened ? 1 : 0;
  }
  result.n = forecasts.size();
  result.brier /= static_cast<double>(result.n);
  result.log_loss /= static_cast<double>(result.n);
  result.roc = roc_by_ranks(forecasts);
  result.average_precision = average_precision(std::move(forecasts));
  return result;
}

/// Logistic regression on the logarithm of the years since the last attempt, and on there having been none.
std::vector<double> by_time_since(const std::vector<OnsetMonth>& months, const std::vector<bool>& train) {
  const auto count = static_cast<Eigen::Index>(months.size());
  Eigen::MatrixXd design(count, 3);
  Eigen::VectorXd yes = Eigen::VectorXd::Zero(count), trials = Eigen::VectorXd::Zero(count);
  for (Eigen::Index row = 0; row < count; ++row) {
    const OnsetMonth& month = months[static_cast<std::size_t>(row)];
    const double years = month.conditions.years_since_attempt;
    design.row(row) << 1.0, std::log(0.1 + std::min(years, 62.0)), years > 62.0 ? 1.0 : 0.0;
    trials(row) = train[static_cast<std::size_t>(row)] ? 1.0 : 0.0;
    yes(row) = trials(row) > 0 && month.attempted > 0 ? 1.0 : 0.0;
  }
  const Eigen::VectorXd odds =
      design *
      fit_logistic({design, yes, trials}, Eigen::VectorXd::Zero(3), Eigen::VectorXd::Constant(3, 0.01)).coefficients;
  std::vector<double> chances;
  for (const double value : odds) chances.push_back(1.0 / (1.0 + std::exp(-value)));
  return chances;
}

}  // namespace

std::vector<double> forecast_onset(const std::vector<OnsetMonth>& months, const Posterior& posterior, int threads) {
  const std::vector<Theta> thetas = thetas_of(posterior, default_theta());
  const Eigen::MatrixXd variances = posterior.of(posterior.find(std::string(country_variance_name)));
  const std::size_t used = std::min(draws_used, thetas.size());
  std::vector<std::vector<double>> chances(used, std::vector<double>(months.size()));
  run_parallel(used, threads, [&](std::size_t draw) {
    const std::size_t position = scattered(draw, thetas.size());
    const OnsetTheta& theta = thetas[position].onset;
    // thetas_of goes through the chains in turn.
    const auto chains = static_cast<std::size_t>(variances.cols());
    const double shape =
        1.0 / variances(static_cast<Eigen::Index>(position / chains), static_cast<Eigen::Index>(position % chains));
    int country = -1;
    double expected = 0.0;
    double attempts = 0.0;
    for (std::size_t index = 0; index < months.size(); ++index) {
      if (months[index].country_code != country) expected = attempts = 0.0;
      country = months[index].country_code;
      const double hazard = monthly_hazard(theta, months[index].conditions);
      // Given its past the country's effect is gamma again; over it, the chance of no attempt is a Pareto one.
      chances[draw][index] = 1.0 - std::pow((shape + expected) / (shape + expected + hazard), shape + attempts);
      expected += hazard;
      attempts += months[index].attempted;
    }
  });
  std::vector<double> mean(months.size(), 0.0);
  for (const std::vector<double>& of_draw : chances) {
    for (std::size_t index = 0; index < mean.size(); ++index) mean[index] += of_draw[index] / static_cast<double>(used);
  }
  return mean;
}

OnsetScores score_onset(const std::vector<OnsetMonth>& months, const std::vector<double>& forecasts,
                        const std::vector<bool>& counts, const std::vector<bool>& train, std::uint64_t seed) {
  double trained = 0.0;
  double attempted = 0.0;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (!train[index]) continue;
    trained += 1.0;
    attempted += months[index].attempted > 0 ? 1.0 : 0.0;
  }
  if (!(trained > 0)) throw InputError("there are no months on record before those that are to be scored");
  const std::vector<double> base(months.size(), attempted / trained);
  const std::vector<double> time_since = by_time_since(months, train);
  OnsetScores result;
  result.scores = {score("model", months, forecasts, counts), score("base_rate", months, base, counts),
                   score("time_since", months, time_since, counts)};
  std::map<int, std::vector<std::size_t>> by_country;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (counts[index]) by_country[months[index].country_code].push_back(index);
  }
  std::vector<const std::vector<std::size_t>*> countries;
  for (const auto& [code, rows] : by_country) countries.push_back(&rows);
  constexpr std::uint64_t resamples = 200;
  std::vector<double> differences;  // of those with attempts and without: in others there is no ROC area
  for (std::uint64_t resample = 0; resample < resamples; ++resample) {
    const Draws draws(seed, 1, resample);
    std::vector<std::pair<double, bool>> of_model, of_time;
    for (std::size_t drawn = 0; drawn < countries.size(); ++drawn) {
      const double u = draws.uniform(DrawPurpose::resample, drawn);
      for (const std::size_t index : *countries[static_cast<std::size_t>(u * static_cast<double>(countries.size()))]) {
        of_model.emplace_back(forecasts[index], months[index].attempted > 0);
        of_time.emplace_back(time_since[index], months[index].attempted > 0);
      }
    }
    const double difference = roc_by_ranks(std::move(of_model)) - roc_by_ranks(std::move(of_time));
    if (std::isfinite(difference)) differences.push_back(difference);
  }
  // With fewer there would be no telling what the interval covers.
  if (differences.size() < resamples * 9 / 10) differences.clear();
  const Estimate difference =
      bootstrap_interval(result.scores[0].roc - result.scores[2].roc, std::move(differences), countries.size());
  result.roc_difference = {difference.value, difference.low, difference.high};
  return result;
}

}  // namespace interregnum
